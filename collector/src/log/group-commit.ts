import { LogFailedError, LogFullError } from '@signalbox/spec';
import type { Logger } from 'pino';
import type { Reserve } from './reserve.js';
import { type NewRecord, type RecordPosition, recordBytes, type SegmentWriter } from './segment-writer.js';

/** What a record is for. Rows may be refused when the disk is full; what shrinks the log is kept until it can be written. */
type RecordPurpose = 'rows' | 'control';

/** Lets records that come at the same time share a sync. */
export interface GroupCommit {
  /**
   * Resolves when the record is on the disk. Rows: rejects with LogFullError or LogFailedError, and none of the record is
   * kept. Control: waits until the disk takes it; rejects only once the log is closing.
   */
  write(record: NewRecord, purpose: RecordPurpose): Promise<RecordPosition>;
  /** Runs `action` while nothing is written. */
  exclusively(action: () => Promise<void>): Promise<void>;
  /** Why rows are refused at the moment; `null` when they are not. */
  trouble(): string | null;
  /** Writes what waits, then refuses. */
  close(): Promise<void>;
}

type Waiting = {
  readonly record: NewRecord;
  readonly purpose: RecordPurpose;
  readonly resolve: (position: RecordPosition) => void;
  readonly reject: (error: Error) => void;
};

// Rows are refused `until` then, on the clock of `performance.now`.
type Trouble = { readonly reason: string; readonly until: number };

/** What `createGroupCommit` takes. */
export type GroupCommitOptions = {
  readonly directory: string;
  readonly writer: SegmentWriter;
  readonly reserve: Reserve;
  readonly logger: Logger;
  /** How long the first record waits for others. */
  readonly syncDelayMs: number;
  /** How long after a failure the disk is tried again. Default 500. */
  readonly retryMs?: number;
};

const BATCH_BYTES = 1024 * 1024;

/** Creates a group commit. */
export const createGroupCommit = (options: GroupCommitOptions): GroupCommit => {
  const { directory, writer, reserve, logger, syncDelayMs, retryMs = 500 } = options;
  let queue: Waiting[] = [];
  let queuedBytes = 0;
  let trouble: Trouble | null = null;
  let isClosing = false;
  let running: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;

  const settle = (batch: readonly Waiting[], outcome: (waiting: Waiting, index: number) => void): void => {
    batch.forEach((waiting, index) => {
      queuedBytes -= recordBytes(waiting.record);
      outcome(waiting, index);
    });
  };

  const writeBatch = async (batch: readonly Waiting[]): Promise<void> => {
    const positions = await writer.write(batch.map(({ record }) => record));
    trouble = null;
    settle(batch, ({ resolve }, index) => {
      const position = positions[index];
      if (position) resolve(position);
    });
  };

  const refuse = (batch: readonly Waiting[], error: Error): void =>
    settle(batch, ({ reject }) => reject(error));

  // After a failure everything is tried once more in a new segment, but for rows on a full disk: what is left of it, with
  // the reserve, belongs to the records that lead to the removal of segments.
  const retry = async (batch: readonly Waiting[], cause: unknown): Promise<void> => {
    logger.error({ err: cause }, 'The write-ahead log could not write.');
    const isFull = isDiskFull(cause);
    const [rows, control] = byPurpose(batch);
    if (isFull) {
      refuse(rows, toLogError(directory, cause));
      await reserve.release();
    }
    const again = isFull ? control : batch;
    try {
      if (again.length > 0) await writeBatch(again);
    } catch (error) {
      giveUp(again, toLogError(directory, error));
    }
    if (isFull) trouble ??= toTrouble('the disk is full');
  };

  const giveUp = (batch: readonly Waiting[], error: Error): void => {
    trouble = toTrouble(error.message);
    const [rows, control] = byPurpose(batch);
    refuse(isClosing ? batch : rows, error);
    if (!isClosing) queue = [...control, ...queue];
  };

  const toTrouble = (reason: string): Trouble => ({ reason, until: performance.now() + retryMs });

  const flush = async (): Promise<void> => {
    const batch = queue;
    queue = [];
    try {
      await writeBatch(batch);
    } catch (error) {
      await retry(batch, error);
    }
  };

  const run = async (): Promise<void> => {
    while (queue.length > 0) {
      await flush();
      if (trouble) return;
    }
  };

  const start = (): void => {
    if (timer) clearTimeout(timer);
    timer = null;
    running ??= run().finally(() => {
      running = null;
      if (queue.length > 0) schedule();
    });
  };

  const schedule = (): void => {
    if (running) return;
    if (queuedBytes >= BATCH_BYTES && !trouble) start();
    else
      timer ??= setTimeout(
        start,
        trouble ? Math.max(syncDelayMs, trouble.until - performance.now()) : syncDelayMs,
      );
  };

  return {
    write: (record, purpose) => {
      const { promise, resolve, reject } = Promise.withResolvers<RecordPosition>();
      if (isClosing) {
        reject(new LogFailedError({ directory, reason: 'it is closing' }));
        return promise;
      }
      queue.push({ record, purpose, resolve, reject });
      queuedBytes += recordBytes(record);
      schedule();
      return promise;
    },
    exclusively: async (action) => {
      while (running) await running;
      running = action().finally(() => {
        running = null;
        if (queue.length > 0) schedule();
      });
      await running;
    },
    trouble: () => (trouble && performance.now() < trouble.until ? trouble.reason : null),
    close: async () => {
      isClosing = true;
      while (running) await running;
      if (queue.length > 0) start();
      while (running) await running;
    },
  };
};

const byPurpose = (batch: readonly Waiting[]): [rows: Waiting[], control: Waiting[]] => [
  batch.filter(({ purpose }) => purpose === 'rows'),
  batch.filter(({ purpose }) => purpose === 'control'),
];

const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');

const toLogError = (directory: string, cause: unknown): Error =>
  isDiskFull(cause)
    ? new LogFullError({ directory, reason: 'the disk is full', cause })
    : new LogFailedError({
        directory,
        reason: cause instanceof Error ? cause.message : String(cause),
        cause,
      });

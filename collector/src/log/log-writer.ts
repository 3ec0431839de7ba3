import { crc32 } from 'node:zlib';
import { LogFullError } from '@signalbox/spec';
import { ROW_LAYOUT } from '../rows/row-section.js';
import { countRows } from './block-bytes.js';
import type { BodyIndex } from './body-index.js';
import type { GroupCommit } from './group-commit.js';
import type { RowsHead, SectionHead } from './heads.js';
import type { Ledger } from './ledger.js';
import type { Quota } from './quota.js';
import { FIXED_BYTES, RECORD_TYPES } from './record.js';
import { type NewRecord, recordBytes } from './segment-writer.js';
import { toRecord } from './to-record.js';
import type { LogEntry, LogWriter, RecordedAnswer } from './write-ahead-log.js';

/** What `createLogWriter` takes. */
export type LogWriterOptions = {
  readonly directory: string;
  readonly ledger: Ledger;
  readonly bodyIndex: BodyIndex;
  readonly commit: GroupCommit;
  /** Most bytes that wait for the disk. */
  readonly maxQueuedBytes: number;
  readonly quota: Pick<Quota, 'makeRoom'>;
  /** Told of rows. */
  readonly queue: { notice(): void };
};

/** The receiving side, also for rows of another layout: those that an older release encoded. */
export type InnerLogWriter = Pick<LogWriter, 'recall'> & {
  append(entry: LogEntry, layout?: number): Promise<void>;
};

/** Creates the receiving side. */
export const createLogWriter = (options: LogWriterOptions): InnerLogWriter => {
  const { directory, ledger, bodyIndex, commit, maxQueuedBytes, quota, queue } = options;
  /** Of the requests that were not answered yet. */
  let pendingBytes = 0;
  const inFlight = new Map<string, Promise<RecordedAnswer>>();

  const recall = (bodyHash: string): Promise<RecordedAnswer> | null => {
    const answer = bodyIndex.find(bodyHash);
    return answer ? Promise.resolve(answer) : (inFlight.get(bodyHash) ?? null);
  };

  const admit = async (bytes: number): Promise<void> => {
    const isTooMuch = pendingBytes > bytes && pendingBytes > maxQueuedBytes;
    const reason = isTooMuch
      ? `${pendingBytes - bytes} bytes wait for the disk already`
      : await quota.makeRoom(pendingBytes);
    if (reason !== null) throw new LogFullError({ directory, reason });
  };

  const write = async (head: RowsHead, record: NewRecord): Promise<RecordedAnswer> => {
    await admit(recordBytes(record));
    const { segment, offset } = await commit.write(record, 'rows');
    const bodyOffset = offset + FIXED_BYTES + record.head.byteLength;
    ledger.addRows({ head, segment, bodyOffset, since: performance.now() });
    bodyIndex.add(head);
    queue.notice();
    return head.answer;
  };

  return {
    recall: (bodyHash) => recall(toKey(bodyHash)),
    append: async (entry, layout = ROW_LAYOUT) => {
      const bodyHash = toKey(entry.bodyHash);
      const known = recall(bodyHash);
      if (known !== null) {
        await known;
        return;
      }
      const sections = entry.sections.filter(({ rows }) => rows > 0);
      const head = toHead({ ...entry, sections }, bodyHash, layout);
      const record = toRecord(
        RECORD_TYPES.rows,
        head,
        sections.map(({ bytes }) => bytes),
      );
      pendingBytes += recordBytes(record);
      const written = write(head, record).finally(() => {
        inFlight.delete(bodyHash);
        pendingBytes -= recordBytes(record);
      });
      inFlight.set(bodyHash, written);
      await written;
    },
  };
};

const toKey = (bodyHash: Uint8Array): string => Buffer.from(bodyHash).toString('base64');

const toHead = ({ answer, sections }: LogEntry, bodyHash: string, layout: number): RowsHead => ({
  bodyHash,
  answer,
  layout,
  sections: sections.map(({ table, day, rows, bytes }): SectionHead => {
    const counted = countRows(bytes);
    // The encoder is wrong then. Such rows must not reach the log, where they would stop every block they are in.
    if (counted !== rows)
      throw new RangeError(`A section of ${table} says ${rows} rows and holds ${counted ?? 'none'}.`);
    return [table, day, rows, bytes.byteLength, crc32(bytes)];
  }),
});

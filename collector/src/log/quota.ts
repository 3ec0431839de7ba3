import type { DeadLetterBox } from './dead-letter-box.js';
import type { GroupCommit } from './group-commit.js';
import type { SegmentRemover } from './remove-segments.js';
import { RESERVE_BYTES, type Reserve } from './reserve.js';
import type { SegmentFile } from './segment-writer.js';

/** What the log may take on the disk. */
export interface Quota {
  usedBytes(): number;
  /**
   * Makes room for so many bytes, which are all that are not written yet, by removing what ClickHouse has. Why there is none;
   * `null` when there is.
   */
  makeRoom(bytes: number): Promise<string | null>;
  /** Takes the reserve unless it is held. On a full disk what ClickHouse has goes for it, before its time. */
  takeReserve(): Promise<void>;
  /** Why requests are refused at the moment, judged by the last that was; `null` when they are not. */
  refusing(): string | null;
}

/** What `createQuota` takes. */
export type QuotaOptions = {
  readonly maxBytes: number;
  readonly segments: ReadonlyMap<number, SegmentFile>;
  readonly deadLetters: DeadLetterBox;
  readonly commit: GroupCommit;
  readonly remover: SegmentRemover;
  readonly reserve: Reserve;
};

/** Creates a quota. */
export const createQuota = (options: QuotaOptions): Quota => {
  const { maxBytes, segments, deadLetters, commit, remover, reserve } = options;
  /** What the last request that found no room would have taken, with those before it. */
  let refusedBytes = 0;
  const full = `it has reached ${maxBytes} bytes of rows that ClickHouse does not have yet, or refused`;

  const segmentBytes = (): number => segments.values().reduce((sum, { bytes }) => sum + bytes, 0);
  const usedBytes = (): number => segmentBytes() + deadLetters.bytes();
  const missing = (bytes: number): number => usedBytes() + bytes - maxBytes;
  const trouble = (): string | null => commit.trouble() ?? (reserve.isHeld() ? null : 'the disk is full');

  return {
    usedBytes,
    makeRoom: async (bytes) => {
      const reason = trouble();
      if (reason !== null || missing(bytes) <= 0) return reason;
      await remover.shrinkTo(segmentBytes() - missing(bytes));
      if (missing(bytes) <= 0) return null;
      refusedBytes = bytes;
      return full;
    },
    takeReserve: async () => {
      if (reserve.isHeld()) return;
      // More than the reserve takes: with that alone the next request would find the disk full again.
      const bytes = segmentBytes();
      await remover.shrinkTo(Math.min(bytes - RESERVE_BYTES, (bytes * 7) / 8));
      await reserve.take();
    },
    refusing: () => trouble() ?? (missing(refusedBytes) <= remover.removableBytes() ? null : full),
  };
};

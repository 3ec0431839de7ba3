import type { Disk } from './disk.js';
import type { Failpoint } from './failpoint.js';
import type { GroupCommit } from './group-commit.js';
import type { Ledger } from './ledger.js';
import type { SegmentFile, SegmentWriter } from './segment-writer.js';

/** Removes segments that nobody needs any more. */
export interface SegmentRemover {
  /** Removes what is done and older than the retained time. */
  removeOld(): Promise<void>;
  /** Removes what is done, old or not, until the segments take at most so many bytes. */
  shrinkTo(bytes: number): Promise<void>;
  /** Bytes that `shrinkTo` could free at the moment. */
  removableBytes(): number;
  /** Segments that were removed before their time. */
  removedEarly(): number;
}

/** What `createSegmentRemover` takes. */
export type SegmentRemoverOptions = {
  readonly directory: string;
  readonly disk: Disk;
  readonly failpoint: Failpoint;
  readonly ledger: Ledger;
  readonly writer: SegmentWriter;
  readonly commit: GroupCommit;
  readonly segments: Map<number, SegmentFile>;
  readonly retainMs: number;
  readonly epochMs: () => number;
};

/**
 * Creates a remover. Segments go oldest first, one at a time, and each removal is on disk before the next: so whatever is
 * left tells of everything in it, because plans and ends of blocks are written after their rows.
 */
export const createSegmentRemover = (options: SegmentRemoverOptions): SegmentRemover => {
  const { directory, disk, failpoint, ledger, writer, commit, segments, retainMs, epochMs } = options;
  let removedEarly = 0;
  let last: Promise<void> = Promise.resolve();

  const isDone = (segment: number): boolean => segment !== writer.active() && ledger.openRows(segment) === 0;

  const oldest = (): [segment: number, file: SegmentFile] | null => {
    const [first] = segments;
    return first && isDone(first[0]) ? first : null;
  };

  const openedAt = epochMs();
  // The time that a log was closed does not count: ClickHouse may have lost power then too, and senders may still retry.
  const isOld = ({ writtenAt }: SegmentFile): boolean => Math.max(writtenAt, openedAt) < epochMs() - retainMs;

  const totalBytes = (): number => segments.values().reduce((sum, { bytes }) => sum + bytes, 0);

  // The end of a block was synced before the ledger heard of it: nothing else has to reach the disk before.
  const remove = async (segment: number, { path }: SegmentFile): Promise<void> => {
    failpoint('log.beforeUnlink');
    await disk.unlink(path);
    await disk.syncDirectory(directory);
    failpoint('log.afterUnlink');
    segments.delete(segment);
    ledger.forgetBefore(segment + 1);
  };

  // A log at rest would keep its last rows for ever.
  const endIfOld = async (): Promise<void> => {
    const active = writer.active();
    const file = active === null ? undefined : segments.get(active);
    if (file && isOld(file) && segments.size === 1 && ledger.totalOpenRows() === 0)
      await commit.exclusively(() => writer.roll());
  };

  const one = (action: () => Promise<void>): Promise<void> => {
    const run = last.then(action);
    last = run.catch(() => undefined);
    return run;
  };

  return {
    removeOld: () =>
      one(async () => {
        await endIfOld();
        for (let first = oldest(); first && isOld(first[1]); first = oldest()) await remove(...first);
      }),
    shrinkTo: (bytes) =>
      one(async () => {
        for (let first = oldest(); first && totalBytes() > bytes; first = oldest()) {
          if (!isOld(first[1])) removedEarly += 1;
          await remove(...first);
        }
      }),
    removableBytes: () => {
      let bytes = 0;
      for (const [segment, file] of segments) {
        if (!isDone(segment)) break;
        bytes += file.bytes;
      }
      return bytes;
    },
    removedEarly: () => removedEarly,
  };
};

import type { BodyIndex } from './body-index.js';
import type { RecoveryReport } from './create-replay.js';
import type { DeadLetterBox } from './dead-letter-box.js';
import type { BlockState, Ledger } from './ledger.js';
import type { Losses } from './losses.js';
import type { Quota } from './quota.js';
import type { SegmentRemover } from './remove-segments.js';
import type { SegmentFile } from './segment-writer.js';

/** How a log is doing. */
export type LogStats = {
  /** What it takes on the disk, with the dead letters. */
  readonly bytes: number;
  readonly maxBytes: number;
  readonly segments: number;
  /** Rows that were acknowledged and are neither in ClickHouse nor in the dead letters yet. */
  readonly openRows: number;
  /** When the oldest segment with such rows was last written, Unix milliseconds; `null` when there is none. */
  readonly oldestOpenAt: number | null;
  /** Blocks by what has become of them. */
  readonly blocks: { readonly waiting: number; readonly outstanding: number; readonly committed: number };
  readonly deadLetterBytes: number;
  /** Acknowledged rows that could not be read back, since the start. */
  readonly lostRows: number;
  /** Segments that went before the retained time was over, to make room. */
  readonly removedEarly: number;
  /** Requests whose identical retry would be recognised. */
  readonly bodyHashes: number;
  /** Why requests are refused at the moment; `null` when they are not. */
  readonly refusing: string | null;
  /** What was found when the log was opened. */
  readonly recovered: RecoveryReport;
};

/** What the stats are read from. */
export type StatsSources = {
  readonly ledger: Ledger;
  readonly segments: ReadonlyMap<number, SegmentFile>;
  readonly quota: Quota;
  readonly deadLetters: DeadLetterBox;
  readonly losses: Losses;
  readonly remover: SegmentRemover;
  readonly bodyIndex: BodyIndex;
  readonly report: RecoveryReport;
  readonly maxBytes: number;
};

/** Reads the stats. */
export const toStats = (sources: StatsSources): LogStats => {
  const { ledger, segments, quota, deadLetters, losses, remover, bodyIndex, report, maxBytes } = sources;
  const statuses = [...ledger.blocks()].map(({ status }) => status);
  const count = (wanted: BlockState['status']): number =>
    statuses.filter((status) => status === wanted).length;
  const [oldest] = segments.entries().filter(([segment]) => ledger.openRows(segment) > 0);
  return {
    bytes: quota.usedBytes(),
    maxBytes,
    segments: segments.size,
    openRows: ledger.totalOpenRows(),
    oldestOpenAt: oldest?.[1].writtenAt ?? null,
    blocks: { waiting: count('waiting'), outstanding: count('outstanding'), committed: count('committed') },
    deadLetterBytes: deadLetters.bytes(),
    lostRows: losses.rows(),
    removedEarly: remover.removedEarly(),
    bodyHashes: bodyIndex.size(),
    refusing: quota.refusing(),
    recovered: report,
  };
};

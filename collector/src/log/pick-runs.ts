import { blockBytes } from './block-bytes.js';
import type { RowGroup } from './ledger.js';
import type { RowRun } from './row-run.js';

/** How large a block may be, and how long rows wait until it is. */
export type BlockLimits = {
  readonly maxRows: number;
  /** Of the bytes that are inserted. */
  readonly maxBytes: number;
  /** Milliseconds. */
  readonly maxAgeMs: number;
};

/** The most runs in a block: they are listed in its manifest. */
const MAX_RUNS = 8192;

/** When a block of the group is due, on the clock of `performance.now`: at once when it is full. */
export const dueAt = (
  { rows, bytes, runs, since }: RowGroup,
  { maxRows, maxBytes, maxAgeMs }: BlockLimits,
): number => {
  const isFull = rows >= maxRows || blockBytes({ rows, bytes }) >= maxBytes || runs.size >= MAX_RUNS;
  return isFull ? Number.NEGATIVE_INFINITY : since + maxAgeMs;
};

/** The oldest runs of a group, as many as fit into a block; at least one, which may be too large. */
export const pickRuns = (group: RowGroup, { maxRows, maxBytes }: BlockLimits): RowRun[] => {
  const picked: RowRun[] = [];
  let rows = 0;
  let bytes = 0;
  for (const run of group.runs.values()) {
    rows += run[3];
    bytes += run[2];
    const fits = rows <= maxRows && blockBytes({ rows, bytes }) <= maxBytes && picked.length < MAX_RUNS;
    if (!fits && picked.length > 0) return picked;
    picked.push(run);
  }
  return picked;
};

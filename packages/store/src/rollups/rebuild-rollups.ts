import { requireOneNode } from '../connection/require-one-node.js';
import type { Store } from '../connection/store.js';
import type { CallOptions } from '../connection/with-deadline.js';
import { text } from '../queries/decoders.js';
import type { NamedQuery } from '../queries/named-query.js';
import { recomputeBuckets } from './recompute-buckets.js';
import { endOfBuckets, ROLLUP_LEVELS, type RollupStep, startOfBucket } from './rollup-step.js';

/** A time range of decisions. */
export type RebuildRange = {
  from: Date;
  /** Exclusive. */
  to: Date;
};

/** Buckets that one statement computes, by rollup, in the order in which they build on each other. */
const CHUNKS: readonly (readonly [step: RollupStep, chunk: RollupStep])[] = [
  // Whole hours, because minutes may have expired that the hour counts.
  ['1m', '1h'],
  ['1h', '1h'],
  ['1d', '1d'],
  ['1w', '1w'],
];

const partitionsOf: NamedQuery<{ table: string } & RebuildRange, { partition: string }> = {
  name: 'rollupPartitions',
  sql: `
    SELECT DISTINCT partition_id AS partition
    FROM system.parts
    WHERE database = currentDatabase() AND table = {table:String} AND active
      AND max_time >= {from:DateTime('UTC')} AND min_time < {to:DateTime('UTC')}`,
  bind: (params) => params,
  decode: { partition: text },
};

/**
 * Makes every bucket that overlaps the range what the decisions say now, whatever it was, and removes what it was from
 * the disk. For use after decisions were deleted or their prices changed. Doing it again changes nothing.
 *
 * Give only a range whose decisions have not expired: the range is widened to whole hours, minutes without decisions
 * become empty, and hours, days and weeks are added up from them.
 * @throws RangeError when `from` is not before `to`, and ClusterUnsupportedError.
 */
export async function rebuildRollups(
  store: Store,
  { from, to }: RebuildRange,
  options: CallOptions = {},
): Promise<void> {
  if (!(from < to)) throw new RangeError('The range is empty: `from` must be before `to`.');
  requireOneNode(store, 'A rebuild of rollups');
  const call = { timeoutMs: 600_000, ...options };
  for (const [step, chunk] of CHUNKS) {
    let start = startOfBucket(chunk, from);
    while (start < to) {
      const end = endOfBuckets(chunk, new Date(start.getTime() + 1));
      await recomputeBuckets(store, { step, from: start, to: end }, call);
      start = end;
    }
  }
  for (const [step, { table }] of Object.entries(ROLLUP_LEVELS) as [RollupStep, { table: string }][]) {
    const range = { from: startOfBucket(step, from), to: endOfBuckets(step, to) };
    for (const { partition } of await store.query(partitionsOf, { table, ...range }, call)) {
      // The id is of digits, from ClickHouse; a placeholder is not accepted there.
      await store.command(`OPTIMIZE TABLE ${table} PARTITION ID '${partition}' FINAL`, {}, call);
    }
  }
}

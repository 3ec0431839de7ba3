import { commandEverywhere, type NodeOptions, storedName, systemTable } from '../connection/every-node.js';
import type { Store } from '../connection/store.js';
import type { CallOptions } from '../connection/with-deadline.js';
import { text } from '../queries/decoders.js';
import type { NamedQuery } from '../queries/named-query.js';
import { chunkBuckets, type HourRows } from './chunk-buckets.js';
import { hourlyRows } from './hourly-rows.js';
import { recomputeBuckets } from './recompute-buckets.js';
import { endOfBuckets, ROLLUP_LEVELS, type RollupName, startOfBucket } from './rollup-step.js';

/** A time range of decisions. */
export type RebuildRange = {
  from: Date;
  /** Exclusive. */
  to: Date;
};

const HOUR_MS = 3_600_000;
/** In the order in which they build on each other. */
const ROLLUPS: readonly RollupName[] = ['1m', '1h', '1d', '1w', 'user_1h', 'user_1d'];

type TableRange = RebuildRange & { database: string; table: string };

const partitionsOf = (store: Store): NamedQuery<TableRange, { partition: string }> => ({
  name: 'rollupPartitions',
  sql: `
    SELECT DISTINCT partition_id AS partition
    FROM ${systemTable(store, 'parts')}
    WHERE database = {database:String} AND table = {table:String} AND active
      AND max_time >= {from:DateTime('UTC')} AND min_time < {to:DateTime('UTC')}`,
  bind: (params) => params,
  decode: { partition: text },
});

/**
 * Makes every bucket that overlaps the range what the decisions say now, whatever it was, and removes what it was from
 * the disk. For use after decisions were deleted or their prices changed. Doing it again changes nothing.
 *
 * Give only a range whose decisions have not expired: the range is widened to whole hours, minutes without decisions
 * become empty, and hours, days and weeks are added up from them.
 * @throws RangeError when `from` is not before `to`.
 */
export async function rebuildRollups(
  store: Store,
  { from, to }: RebuildRange,
  { nodes, ...options }: CallOptions & NodeOptions = {},
): Promise<void> {
  if (!(from < to)) throw new RangeError('The range is empty: `from` must be before `to`.');
  const call = { timeoutMs: 600_000, ...options };
  const hours = await everyHour(store, { from, to }, call);
  for (const rollup of ROLLUPS) {
    const { step } = ROLLUP_LEVELS[rollup];
    // Minutes in whole hours, because minutes may have expired that the hour counts.
    for (const range of chunkBuckets(step === '1m' ? '1h' : step, hours)) {
      await recomputeBuckets(store, { rollup, ...range }, call);
    }
  }
  for (const rollup of ROLLUPS) {
    const { table, step } = ROLLUP_LEVELS[rollup];
    const range = { from: startOfBucket(step, from), to: endOfBuckets(step, to) };
    const stored = { database: store.database, table: storedName(store, table) };
    for (const { partition } of await store.query(partitionsOf(store), { ...range, ...stored }, call)) {
      // The id is of digits, from ClickHouse; a placeholder is not accepted there.
      const statement = (name: string, onCluster: string) =>
        `OPTIMIZE TABLE ${name}${onCluster} PARTITION ID '${partition}' FINAL`;
      await commandEverywhere(store, { table, statement }, {}, { ...call, ...(nodes && { nodes }) });
    }
  }
}

/** All hours of a range, the newest first, those without decisions too: their buckets become empty. */
async function everyHour(store: Store, { from, to }: RebuildRange, call: CallOptions): Promise<HourRows[]> {
  const range = { from: startOfBucket('1h', from), to: endOfBuckets('1h', to) };
  const stored = await hourlyRows(store, range, call);
  const rowsOf = new Map(stored.map(({ hour, rows }) => [hour.getTime(), rows]));
  const hours: HourRows[] = [];
  for (let time = range.to.getTime() - HOUR_MS; time >= range.from.getTime(); time -= HOUR_MS) {
    hours.push({ hour: new Date(time), rows: rowsOf.get(time) ?? 0, touched: true });
  }
  return hours;
}

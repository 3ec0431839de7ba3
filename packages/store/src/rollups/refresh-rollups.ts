import type { Store } from '../connection/store.js';
import type { CallOptions } from '../connection/with-deadline.js';
import { integer } from '../queries/decoders.js';
import type { NamedQuery } from '../queries/named-query.js';
import { type BucketRange, chunkBuckets, type HourRows } from './chunk-buckets.js';
import { hourlyRows } from './hourly-rows.js';
import { recomputeBuckets } from './recompute-buckets.js';
import { ROLLUP_LEVELS, type RollupName } from './rollup-step.js';

/** What a refresh did. */
export type RollupRefresh = {
  /** Hours with at least one minute that was computed anew. 0: the rollups were up to date. */
  hours: number;
};

// A row is stamped when its insert begins and can be read when it ends. So each refresh looks back a little before the
// last one, and looks again later for inserts that took longer: after what `Store.insert` waits, and a good while after.
const OVERLAP_MICROS = 10_000_000;
const LATER_LOOKS_MICROS = [60_000_000, 900_000_000];
const MINUTE_MICROS = 60_000_000;
const HOUR_MS = 3_600_000;

const micros = (name: string) => `fromUnixTimestamp64Micro({${name}:Int64}, 'UTC')`;

/** SQL that finds the rows to look at, whose placeholders are `Windows`. */
const INSERTED = [
  `inserted_at >= ${micros('since')}`,
  ...LATER_LOOKS_MICROS.map(
    (_, i) => `(inserted_at >= ${micros(`from_${i}`)} AND inserted_at < ${micros(`to_${i}`)})`,
  ),
].join(' OR ');

const clock: NamedQuery<object, { now: number; lookedUntil: number }> = {
  name: 'rollupClock',
  sql: `
    SELECT
      toUnixTimestamp64Micro(now64(6)) AS now,
      (SELECT toUnixTimestamp64Micro(max(looked_until)) FROM rollup_watermark FINAL) AS lookedUntil`,
  bind: () => ({}),
  decode: { now: integer, lookedUntil: integer },
};

/** Times of insertion, in microseconds: `since` and later, and `from_N` to `to_N` for each later look. */
type Windows = Readonly<Record<string, number>>;

// Decisions and minutes expire in whole parts: of a bucket from the last day of their retention a part may be gone, and
// computing it again would take the rest for all there was. So such buckets stay as they are.
const touchedHours: NamedQuery<Windows, { hour: number }> = {
  name: 'touchedRollupHours',
  sql: `
    WITH (
      SELECT min(toUInt32OrNull(extract(engine_full, 'TTL .*toIntervalDay\\((\\d+)\\)')))
      FROM system.tables
      WHERE database = currentDatabase()
        -- On a cluster the rows are in the local tables.
        AND name IN ('decisions_raw', 'decisions_raw_local', 'rollup_1m_raw', 'rollup_1m_raw_local',
          'rollup_user_1h_raw', 'rollup_user_1h_raw_local')
    ) AS days
    SELECT DISTINCT toUnixTimestamp(toStartOfHour(timestamp, 'UTC')) AS hour
    FROM decisions_raw
    WHERE (${INSERTED}) AND (days IS NULL OR timestamp >= now() - toIntervalDay(days) + toIntervalDay(1))
    ORDER BY hour DESC`,
  bind: (windows) => windows,
  decode: { hour: integer },
  limits: { maxResultRows: 100_000, maxExecutionSeconds: 60 },
};

/**
 * Brings the rollups up to date with the decisions that were inserted since the last refresh, whoever inserted them.
 * Call it every few seconds; when there is nothing new it only looks. A refresh that was interrupted is done again by
 * the next one. Several processes may refresh at once. The first refresh computes everything that is stored, the newest
 * hour first. `timeoutMs` bounds each statement. Default: 10 minutes.
 */
export async function refreshRollups(store: Store, options: CallOptions = {}): Promise<RollupRefresh> {
  const call = { timeoutMs: 600_000, ...options };
  const [times] = await store.query(clock, {}, call);
  if (times === undefined) return { hours: 0 };
  const { now, lookedUntil } = times;
  const windows = windowsSince(lookedUntil, now);
  const found = await store.query(touchedHours, windows, call);
  if (found.length === 0) return { hours: 0 };

  const hours = await withRows(store, found, call);
  const touchedBy = { condition: INSERTED, params: windows };
  const recompute = (rollup: RollupName, { from, to }: BucketRange): Promise<void> =>
    recomputeBuckets(store, { rollup, from, to, touchedBy }, call);
  for (const range of chunkBuckets('1h', hours)) {
    await recompute('1m', range);
    await recompute('1h', range);
    await recompute('user_1h', range);
  }
  for (const rollup of ['1d', '1w', 'user_1d'] as const) {
    const { step } = ROLLUP_LEVELS[rollup];
    for (const range of chunkBuckets(step, hours)) await recompute(rollup, range);
  }
  await store.command(`INSERT INTO rollup_watermark SELECT 'rollups', ${micros('now')}`, { now }, call);
  return { hours: found.length };
}

function windowsSince(lookedUntil: number, now: number): Windows {
  const minuteOf = (time: number) => Math.floor(time / MINUTE_MICROS) * MINUTE_MICROS;
  const later = LATER_LOOKS_MICROS.flatMap((after, i) => [
    // Whole minutes, so that a busy minute is looked at again once and not at every refresh.
    [`from_${i}`, minuteOf(lookedUntil - after)],
    [`to_${i}`, minuteOf(now - after)],
  ]);
  // The clock may have been set back since.
  return { since: Math.min(lookedUntil, now) - OVERLAP_MICROS, ...Object.fromEntries(later) };
}

/** The touched hours, which are in order, and all between them that have decisions. */
async function withRows(
  store: Store,
  touched: readonly { hour: number }[],
  call: CallOptions,
): Promise<HourRows[]> {
  const hours = touched.map(({ hour }) => hour * 1000);
  const isTouched = new Set(hours);
  const range = { from: new Date(hours.at(-1) ?? 0), to: new Date((hours[0] ?? 0) + HOUR_MS) };
  const stored = await hourlyRows(store, range, call);
  return stored.map((each) => ({ ...each, touched: isTouched.has(each.hour.getTime()) }));
}

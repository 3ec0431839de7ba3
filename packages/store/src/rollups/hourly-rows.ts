import type { Store } from '../connection/store.js';
import type { CallOptions } from '../connection/with-deadline.js';
import { integer } from '../queries/decoders.js';
import type { NamedQuery } from '../queries/named-query.js';
import type { BucketRange } from './chunk-buckets.js';

const rowsByHour: NamedQuery<BucketRange, { hour: number; rows: number }> = {
  name: 'rollupRowsByHour',
  sql: `
    SELECT toUnixTimestamp(toStartOfHour(timestamp, 'UTC')) AS hour, count() AS rows
    FROM decisions_raw
    WHERE timestamp >= toDateTime64({from:DateTime('UTC')}, 9, 'UTC')
      AND timestamp < toDateTime64({to:DateTime('UTC')}, 9, 'UTC')
    GROUP BY hour
    ORDER BY hour DESC`,
  bind: (range) => range,
  decode: { hour: integer, rows: integer },
  limits: { maxResultRows: 1_000_000, maxExecutionSeconds: 60 },
};

/** How many decisions are stored of each hour of a range, repetitions counted, the newest first. */
export async function hourlyRows(
  store: Store,
  range: BucketRange,
  call: CallOptions,
): Promise<{ hour: Date; rows: number }[]> {
  const found = await store.query(rowsByHour, range, call);
  return found.map(({ hour, rows }) => ({ hour: new Date(hour * 1000), rows }));
}

import { bucketMiddleSql } from '../rollups/value-bucket.js';
import { float, integer, text } from './decoders.js';
import { bindRollupRange, ROLLUP_RANGE, type RollupRange } from './rollup-range.js';
import type { TenantQuery } from './tenant-scope.js';

/** How many requests of one bucket of time took about as long. */
export type HeatMapCell = {
  /** Start of the bucket, ISO 8601 in UTC. */
  bucket: string;
  /** Requests that took from this long ... */
  fromMs: number;
  /** ... to below this: 1.41 times as long. 0 to 0.001 for what took no time. */
  toMs: number;
  requests: number;
};

// Two bands for each doubling: some 30 from 1 ms to half a minute.
const BAND = `floor(2 * log2(greatest(${bucketMiddleSql('index')}, 0.001)))`;

/** One row for each bucket of time and band of latency that has requests, in order. Reads a rollup. */
export const latencyHeatMap: TenantQuery<RollupRange, HeatMapCell> = {
  name: 'latencyHeatMap',
  sql: `
    SELECT
      bucket,
      if(band <= floor(2 * log2(0.001)), 0., pow(2, band / 2)) AS fromMs,
      pow(2, (band + 1) / 2) AS toMs,
      sum(count) AS requests
    FROM
    (
      SELECT r.bucket AS bucket, sumMap(r.latency_histogram) AS histogram
      ${ROLLUP_RANGE}
      GROUP BY r.bucket
    )
    ARRAY JOIN mapKeys(histogram) AS index, mapValues(histogram) AS count
    GROUP BY bucket, ${BAND} AS band
    ORDER BY bucket, fromMs`,
  bind: bindRollupRange,
  decode: { bucket: text, fromMs: float, toMs: float, requests: integer },
};

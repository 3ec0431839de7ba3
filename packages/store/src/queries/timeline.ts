import { text } from './decoders.js';
import { bindRollupRange, ROLLUP_RANGE, type RollupRange } from './rollup-range.js';
import type { TenantQuery } from './tenant-scope.js';
import { USAGE_COLUMNS, USAGE_DECODERS, type Usage } from './usage.js';

/** What one bucket of time was used for. */
export type TimelineBucket = Usage & {
  /** Start of the bucket, ISO 8601 in UTC. */
  bucket: string;
};

/** One row for each bucket with a request, in order of time. Reads a rollup. */
export const timeline: TenantQuery<RollupRange, TimelineBucket> = {
  name: 'timeline',
  sql: `
    SELECT
      r.bucket AS bucket,${USAGE_COLUMNS}
    ${ROLLUP_RANGE}
    GROUP BY r.bucket
    ORDER BY bucket`,
  bind: bindRollupRange,
  decode: { bucket: text, ...USAGE_DECODERS },
};

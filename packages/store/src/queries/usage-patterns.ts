import { integer } from './decoders.js';
import { bindRollupRange, ROLLUP_RANGE, type RollupRange } from './rollup-range.js';
import type { TenantQuery } from './tenant-scope.js';
import { USAGE_COLUMNS, USAGE_DECODERS, type Usage } from './usage.js';

/** What one hour of the week is like. Hours and days are of UTC. */
export type HourUsage = Usage & {
  /** 1 for Monday to 7 for Sunday. */
  dayOfWeek: number;
  /** 0 to 23. */
  hour: number;
};

/** One row for each hour of the week with a request, added up over the weeks of the range. Reads the hours. */
export const usagePatterns: TenantQuery<Omit<RollupRange, 'step'>, HourUsage> = {
  name: 'usagePatterns',
  sql: `
    SELECT
      toDayOfWeek(r.bucket, 0, 'UTC') AS dayOfWeek,
      toHour(r.bucket, 'UTC') AS hour,${USAGE_COLUMNS}
    ${ROLLUP_RANGE}
    GROUP BY dayOfWeek, hour
    ORDER BY dayOfWeek, hour`,
  bind: (range) => bindRollupRange({ ...range, step: '1h' }),
  decode: { dayOfWeek: integer, hour: integer, ...USAGE_DECODERS },
};

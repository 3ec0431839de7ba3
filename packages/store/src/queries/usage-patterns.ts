import { float, integer, nullable } from './decoders.js';
import { bindRollupRange, ROLLUP_RANGE, type RollupRange } from './rollup-range.js';
import type { TenantQuery } from './tenant-scope.js';

/** What one hour of the week is like, added up over the weeks of the range. Hours and days are of UTC. */
export type HourUsage = {
  /** 1 for Monday to 7 for Sunday. */
  dayOfWeek: number;
  /** 0 to 23. */
  hour: number;
  requests: number;
  succeeded: number;
  /** Over the requests whose tokens are known; `null` when none are. */
  tokensInput: number | null;
  tokensOutput: number | null;
  /** Nano-USD, over the requests whose cost is known; `null` when none is. */
  costNanoUsd: number | null;
  latencyMeanMs: number;
};

/** One row for each hour of the week with a request. Reads the hours, so no quantiles: there are many rows. */
export const usagePatterns: TenantQuery<Omit<RollupRange, 'step'>, HourUsage> = {
  name: 'usagePatterns',
  sql: `
    SELECT
      toDayOfWeek(r.bucket, 0, 'UTC') AS dayOfWeek,
      toHour(r.bucket, 'UTC') AS hour,
      sum(r.requests) AS requests,
      sum(r.succeeded) AS succeeded,
      sum(r.tokens_input) AS tokensInput,
      sum(r.tokens_output) AS tokensOutput,
      sum(r.cost_nano_usd) AS costNanoUsd,
      sum(r.latency_sum_ns) / requests / 1e6 AS latencyMeanMs
    ${ROLLUP_RANGE}
    GROUP BY dayOfWeek, hour
    ORDER BY dayOfWeek, hour`,
  bind: (range) => bindRollupRange({ ...range, step: '1h' }),
  decode: {
    dayOfWeek: integer,
    hour: integer,
    requests: integer,
    succeeded: integer,
    tokensInput: nullable(integer),
    tokensOutput: nullable(integer),
    costNanoUsd: nullable(integer),
    latencyMeanMs: float,
  },
};

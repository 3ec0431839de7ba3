import { nullable, text } from './decoders.js';
import { bindRollupRange, ROLLUP_RANGE, type RollupRange } from './rollup-range.js';
import type { TenantQuery } from './tenant-scope.js';
import { USAGE_COLUMNS, USAGE_DECODERS, type Usage } from './usage.js';

/** What one strategy decided. `explored` of its `requests` were not the best candidate, to learn. */
export type StrategyUsage = Usage & {
  /** `null` collects the requests without a candidate to choose. */
  strategy: string | null;
};

/** One row for each strategy, the busiest first. Reads a rollup. */
export const usageByStrategy: TenantQuery<RollupRange, StrategyUsage> = {
  name: 'usageByStrategy',
  sql: `
    SELECT
      r.strategy AS strategy,${USAGE_COLUMNS}
    ${ROLLUP_RANGE}
    GROUP BY r.strategy
    ORDER BY requests DESC, strategy`,
  bind: bindRollupRange,
  decode: { strategy: nullable(text), ...USAGE_DECODERS },
};

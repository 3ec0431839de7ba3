import { arrayOf, nullable, text } from './decoders.js';
import { bindRollupRange, ROLLUP_RANGE, type RollupRange } from './rollup-range.js';
import type { TenantQuery } from './tenant-scope.js';
import { USAGE_COLUMNS, USAGE_DECODERS, type Usage } from './usage.js';

/** What one route was used for. */
export type RouteUsage = Usage & {
  /** `null` collects the requests that no route matched. */
  route: string | null;
  /** Models that answered its requests, in alphabetical order. */
  models: string[];
};

/** One row for each route, the busiest first. Reads a rollup. */
export const usageByRoute: TenantQuery<RollupRange, RouteUsage> = {
  name: 'usageByRoute',
  sql: `
    SELECT
      r.route AS route,
      arraySort(groupUniqArray(r.served_model)) AS models,${USAGE_COLUMNS}
    ${ROLLUP_RANGE}
    GROUP BY r.route
    ORDER BY requests DESC, route`,
  bind: bindRollupRange,
  decode: { route: nullable(text), models: arrayOf(text), ...USAGE_DECODERS },
};

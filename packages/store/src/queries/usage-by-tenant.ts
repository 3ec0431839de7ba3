import { text } from './decoders.js';
import { bindRollupRange, ROLLUP_RANGE, type RollupRange } from './rollup-range.js';
import type { TenantQuery } from './tenant-scope.js';
import { USAGE_COLUMNS, USAGE_DECODERS, type Usage } from './usage.js';

/** What one tenant used. */
export type TenantUsage = Usage & {
  /** Empty: the requests that named none. */
  tenant: string;
};

/** One row for each tenant that is asked for, the busiest first. With `ALL_TENANTS` for operators. Reads a rollup. */
export const usageByTenant: TenantQuery<RollupRange, TenantUsage> = {
  name: 'usageByTenant',
  sql: `
    SELECT
      r.tenant AS tenant,${USAGE_COLUMNS}
    ${ROLLUP_RANGE}
    GROUP BY r.tenant
    ORDER BY requests DESC, tenant`,
  bind: bindRollupRange,
  decode: { tenant: text, ...USAGE_DECODERS },
};

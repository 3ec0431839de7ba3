import { bindRollupRange, ROLLUP_RANGE, type RollupRange } from './rollup-range.js';
import type { TenantQuery } from './tenant-scope.js';
import { USAGE_COLUMNS, USAGE_DECODERS, type Usage } from './usage.js';

/** One row: what all requests add up to, also when there were none. Reads a rollup. */
export const trafficSummary: TenantQuery<RollupRange, Usage> = {
  name: 'trafficSummary',
  sql: `SELECT${USAGE_COLUMNS}
    ${ROLLUP_RANGE}`,
  bind: bindRollupRange,
  decode: USAGE_DECODERS,
};

import { nullable, text } from './decoders.js';
import { bindRollupRange, ROLLUP_RANGE, type RollupRange } from './rollup-range.js';
import type { TenantQuery } from './tenant-scope.js';
import { USAGE_COLUMNS, USAGE_DECODERS, type Usage } from './usage.js';

/** What one model of one provider was used for. */
export type ModelUsage = Usage & {
  /** The model that answered; the chosen one where none did; `null` where none was chosen. */
  model: string | null;
  provider: string | null;
};

/** One row for each model and provider, the busiest first. Reads a rollup. */
export const usageByModel: TenantQuery<RollupRange, ModelUsage> = {
  name: 'usageByModel',
  sql: `
    SELECT
      r.model AS model,
      r.provider AS provider,${USAGE_COLUMNS}
    ${ROLLUP_RANGE}
    GROUP BY r.model, r.provider
    ORDER BY requests DESC, model, provider`,
  bind: bindRollupRange,
  decode: { model: nullable(text), provider: nullable(text), ...USAGE_DECODERS },
};

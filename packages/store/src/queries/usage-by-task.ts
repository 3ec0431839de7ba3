import { nullable, text } from './decoders.js';
import { bindRollupRange, ROLLUP_RANGE, type RollupRange } from './rollup-range.js';
import type { TenantQuery } from './tenant-scope.js';
import { USAGE_COLUMNS, USAGE_DECODERS, type Usage } from './usage.js';

/** What one model was used for, of one kind of task. `null` where nothing was classified, or chosen. */
export type TaskUsage = Usage & {
  taskType: string | null;
  taskComplexity: string | null;
  model: string | null;
};

/** One row for each task type, complexity and model, the busiest first. Reads a rollup. */
export const usageByTask: TenantQuery<RollupRange, TaskUsage> = {
  name: 'usageByTask',
  sql: `
    SELECT
      r.task_type AS taskType,
      r.task_complexity AS taskComplexity,
      r.model AS model,${USAGE_COLUMNS}
    ${ROLLUP_RANGE}
    GROUP BY r.task_type, r.task_complexity, r.model
    ORDER BY requests DESC, taskType, taskComplexity, model`,
  bind: bindRollupRange,
  decode: {
    taskType: nullable(text),
    taskComplexity: nullable(text),
    model: nullable(text),
    ...USAGE_DECODERS,
  },
};

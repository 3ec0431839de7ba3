import { integer, nullable, text } from './decoders.js';
import { bindRollupRange, ROLLUP_RANGE, type RollupRange } from './rollup-range.js';
import type { TenantQuery } from './tenant-scope.js';

/** What spend can be split by, and the column of a rollup that says it. */
const COLUMNS = {
  model: 'model',
  provider: 'provider',
  route: 'route',
  strategy: 'strategy',
  taskType: 'task_type',
  tenant: 'tenant',
} as const;

/** Which spend, split by what. For users see `usageByUser`. */
export type SpendOverTimeParams = RollupRange & { by: keyof typeof COLUMNS };

/** What was spent on one thing in one bucket of time. */
export type Spend = {
  /** Start of the bucket, ISO 8601 in UTC. */
  bucket: string;
  /** The model, provider, ...; `null` collects the requests that have none. */
  name: string | null;
  requests: number;
  /** Nano-USD, over the requests whose cost is known; `null` when none is. */
  costNanoUsd: number | null;
  costUnknown: number;
};

/**
 * One row for each bucket and thing that money was spent on, in order of time. Reads a rollup.
 * @throws RangeError for a `by` that is not one of its values.
 */
export const spendOverTime: TenantQuery<SpendOverTimeParams, Spend> = {
  name: 'spendOverTime',
  sql: `
    SELECT
      r.bucket AS bucket,
      CAST({by:Identifier}, 'Nullable(String)') AS name,
      sum(r.requests) AS requests,
      sum(r.cost_nano_usd) AS costNanoUsd,
      sum(r.cost_unknown) AS costUnknown
    ${ROLLUP_RANGE}
    GROUP BY bucket, name
    ORDER BY bucket, name`,
  bind: ({ by, ...range }) => {
    if (!Object.hasOwn(COLUMNS, by)) {
      throw new RangeError(
        `Spend cannot be split by ${by}. Choose one of ${Object.keys(COLUMNS).join(', ')}.`,
      );
    }
    return { by: COLUMNS[by], ...bindRollupRange(range) };
  },
  decode: {
    bucket: text,
    name: nullable(text),
    requests: integer,
    costNanoUsd: nullable(integer),
    costUnknown: integer,
  },
};

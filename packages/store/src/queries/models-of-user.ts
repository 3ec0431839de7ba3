import type { DecisionRange } from './decision-range.js';
import { float, integer, nullable, text } from './decoders.js';
import type { TenantQuery } from './tenant-scope.js';
import { histogramQuantile } from './usage.js';
import { bindUserRollupRange, USER_ROLLUP_RANGE } from './user-rollup-range.js';

/** What one user used one model for. */
export type UserModel = {
  /** The model that answered; the chosen one where none did; `null` where none was chosen. */
  model: string | null;
  requests: number;
  /** Part of the user's requests, 0 to 1. */
  share: number;
  succeeded: number;
  /** Requests in which the caller named the target. */
  overrides: number;
  tokensInput: number | null;
  tokensOutput: number | null;
  /** Nano-USD, over the requests whose cost is known; `null` when none is. */
  costNanoUsd: number | null;
  /** At most 1 % from the exact quantile. */
  latencyP95Ms: number | null;
};

/**
 * One row for each model that a user used, the preferred one first: none for a user without requests. Reads the same
 * rollups as `usageByUser`.
 */
export const modelsOfUser: TenantQuery<DecisionRange & { userId: string }, UserModel> = {
  name: 'modelsOfUser',
  sql: `
    SELECT
      model,
      sum(r.requests) AS requests,
      sum(r.requests) / sum(sum(r.requests)) OVER () AS share,
      sum(r.succeeded) AS succeeded,
      sum(r.overrides) AS overrides,
      sum(r.tokens_input) AS tokensInput,
      sum(r.tokens_output) AS tokensOutput,
      sum(r.cost_nano_usd) AS costNanoUsd,
      ${histogramQuantile(0.95, 'r.latency_histogram')} AS latencyP95Ms
    ${USER_ROLLUP_RANGE} AND r.user_id = {userId:String}
    GROUP BY model
    ORDER BY requests DESC, model`,
  bind: ({ userId, ...range }) => ({ userId, ...bindUserRollupRange(range) }),
  decode: {
    model: nullable(text),
    requests: integer,
    share: float,
    succeeded: integer,
    overrides: integer,
    tokensInput: nullable(integer),
    tokensOutput: nullable(integer),
    costNanoUsd: nullable(integer),
    latencyP95Ms: nullable(float),
  },
};

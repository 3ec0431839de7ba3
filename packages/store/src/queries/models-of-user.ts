import { bindDecisionRange, type DecisionRange, inDecisionRange } from './decision-range.js';
import { float, integer, nullable, text } from './decoders.js';
import type { TenantQuery } from './tenant-scope.js';

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
  latencyP95Ms: number | null;
};

/** One row for each model that a user used, the preferred one first: none for a user without requests. Reads decisions. */
export const modelsOfUser: TenantQuery<DecisionRange & { userId: string }, UserModel> = {
  name: 'modelsOfUser',
  sql: `
    SELECT
      ifNull(served_model, selected_model) AS model,
      count() AS requests,
      count() / sum(count()) OVER () AS share,
      countIf(outcome = 'succeeded') AS succeeded,
      countIf(override) AS overrides,
      sum(tokens_input) AS tokensInput,
      sum(tokens_output) AS tokensOutput,
      sum(cost_nano_usd) AS costNanoUsd,
      quantileTDigest(0.95)(duration_ns) / 1e6 AS latencyP95Ms
    FROM decisions
    WHERE ${inDecisionRange()} AND user_id = {userId:String}
    GROUP BY model
    ORDER BY requests DESC, model`,
  bind: ({ userId, ...range }) => ({ userId, ...bindDecisionRange(range) }),
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

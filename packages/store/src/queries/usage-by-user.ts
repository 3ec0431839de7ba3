import { bindDecisionRange, type DecisionRange, inDecisionRange } from './decision-range.js';
import { integer, nullable, text } from './decoders.js';
import type { TenantQuery } from './tenant-scope.js';

const MAX_LIMIT = 1000;

/** Which requests, and how many users. */
export type UsageByUserParams = DecisionRange & {
  /** Users, 1 to 1000. */
  limit: number;
};

/** What one user of a tenant used. */
export type UserUsage = {
  tenant: string;
  /** `null` collects the requests that named none. */
  userId: string | null;
  requests: number;
  succeeded: number;
  overrides: number;
  /** Over the requests whose tokens are known; `null` when none are. */
  tokensInput: number | null;
  tokensOutput: number | null;
  /** Nano-USD, over the requests whose cost is known; `null` when none is. */
  costNanoUsd: number | null;
  costUnknown: number;
  /** The model that served most of its requests; `null` when none did. */
  preferredModel: string | null;
  /** Start of the newest request, ISO 8601 in UTC with nanoseconds. */
  lastTimestamp: string;
};

/**
 * The users that spent most, first. Rollups do not tell users apart, so it reads decisions.
 * @throws RangeError for an empty range, and for a limit outside 1 to 1000.
 */
export const usageByUser: TenantQuery<UsageByUserParams, UserUsage> = {
  name: 'usageByUser',
  sql: `
    SELECT
      tenant,
      user_id AS userId,
      count() AS requests,
      countIf(outcome = 'succeeded') AS succeeded,
      countIf(override) AS overrides,
      sum(tokens_input) AS tokensInput,
      sum(tokens_output) AS tokensOutput,
      sum(cost_nano_usd) AS costNanoUsd,
      countIf(cost_nano_usd IS NULL) AS costUnknown,
      topKIf(1)(ifNull(served_model, ''), served_model IS NOT NULL)[1] AS most,
      nullIf(most, '') AS preferredModel,
      max(timestamp) AS lastTimestamp
    FROM decisions
    WHERE ${inDecisionRange()}
    GROUP BY tenant, user_id
    ORDER BY costNanoUsd DESC NULLS LAST, requests DESC, tenant, userId
    LIMIT {limit:UInt32}`,
  bind: ({ limit, ...range }) => {
    if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
      throw new RangeError(`A limit of ${limit} is not between 1 and ${MAX_LIMIT}.`);
    }
    return { limit, ...bindDecisionRange(range) };
  },
  decode: {
    tenant: text,
    userId: nullable(text),
    requests: integer,
    succeeded: integer,
    overrides: integer,
    tokensInput: nullable(integer),
    tokensOutput: nullable(integer),
    costNanoUsd: nullable(integer),
    costUnknown: integer,
    preferredModel: nullable(text),
    lastTimestamp: text,
  },
};

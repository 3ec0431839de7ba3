import type { DecisionRange } from './decision-range.js';
import { integer, nullable, text } from './decoders.js';
import type { TenantQuery } from './tenant-scope.js';
import { bindUserRollupRange, USER_ROLLUP_RANGE } from './user-rollup-range.js';

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
 * The users that spent most, first. Reads the rollups of users: hours up to 7 days, days beyond; all that overlap the
 * range count whole.
 * @throws RangeError for an empty range, and for a limit outside 1 to 1000.
 */
export const usageByUser: TenantQuery<UsageByUserParams, UserUsage> = {
  name: 'usageByUser',
  sql: `
    SELECT
      m.tenant AS tenant,
      m.user_id AS userId,
      sum(m.requests) AS requests,
      sum(m.succeeded) AS succeeded,
      sum(m.overrides) AS overrides,
      sum(m.tokens_input) AS tokensInput,
      sum(m.tokens_output) AS tokensOutput,
      sum(m.cost_nano_usd) AS costNanoUsd,
      sum(m.cost_unknown) AS costUnknown,
      argMaxIf(model, m.served, m.served > 0) AS preferredModel,
      max(m.last_timestamp) AS lastTimestamp
    FROM (
      SELECT
        tenant,
        user_id,
        model,
        sum(r.requests) AS requests,
        sum(r.served) AS served,
        sum(r.succeeded) AS succeeded,
        sum(r.overrides) AS overrides,
        sum(r.tokens_input) AS tokens_input,
        sum(r.tokens_output) AS tokens_output,
        sum(r.cost_nano_usd) AS cost_nano_usd,
        sum(r.cost_unknown) AS cost_unknown,
        max(r.last_timestamp) AS last_timestamp
      ${USER_ROLLUP_RANGE}
      GROUP BY tenant, user_id, model
    ) AS m
    GROUP BY m.tenant, m.user_id
    ORDER BY costNanoUsd DESC NULLS LAST, requests DESC, tenant, userId
    LIMIT {limit:UInt32}`,
  bind: ({ limit, ...range }) => {
    if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
      throw new RangeError(`A limit of ${limit} is not between 1 and ${MAX_LIMIT}.`);
    }
    return { limit, ...bindUserRollupRange(range) };
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

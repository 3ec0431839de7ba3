import { boolean, float, integer, nullable, text } from './decoders.js';
import { bindTenant, type OfTenant, ofTenant, type TenantQuery } from './tenant-scope.js';

const MAX_LIMIT = 1000;
/** Where no time is given. What is stored is between. */
const BEGINNING = new Date(0);
const END = new Date('2262-01-01T00:00:00Z');

/** Which decisions to list, and how many. What is left out does not restrict. */
export type RecentDecisionsParams = OfTenant & {
  /** Number of decisions, 1 to 1000. */
  limit: number;
  /** Only decisions that began then or later, and before `to`. */
  from?: Date;
  to?: Date;
  /** The model that answered, else the chosen one. */
  model?: string;
  route?: string;
  userId?: string;
  /** `succeeded`, `failed` or `cancelled`. */
  outcome?: string;
  /** Only decisions of this process (`service.instance.id`). */
  serviceInstanceId?: string;
  /** The last decision of the page before: the next page begins behind it. Default: the first page. */
  after?: { timestamp: string; decisionId: string };
};

/** A decision in a list. `null` means unknown, or that there was none. */
export type DecisionSummary = {
  decisionId: string;
  traceId: string;
  /** Start of the request, ISO 8601 in UTC with nanoseconds. */
  timestamp: string;
  latencyMs: number;
  /** Empty when the request named none. */
  tenant: string;
  userId: string | null;
  policyName: string;
  strategy: string | null;
  route: string | null;
  taskType: string | null;
  taskComplexity: string | null;
  selectedTarget: string | null;
  servedTarget: string | null;
  confidence: number | null;
  override: boolean | null;
  explored: boolean | null;
  outcome: string | null;
  errorType: string | null;
  attempts: number | null;
  cache: string | null;
  tokensInput: number | null;
  tokensOutput: number | null;
  costNanoUsd: number | null;
};

const FILTERS: Readonly<Record<string, string>> = {
  model: 'ifNull(served_model, selected_model)',
  route: 'route',
  userId: 'user_id',
  outcome: 'outcome',
  serviceInstanceId: 'service_instance_id',
};

const MATCHES = [
  "timestamp >= {from:DateTime64(3, 'UTC')} AND timestamp < {to:DateTime64(3, 'UTC')}",
  "timestamp <= {afterTime:DateTime64(9, 'UTC')}",
  ...Object.entries(FILTERS).map(
    ([name, sql]) => `({${name}:Nullable(String)} IS NULL OR ${sql} = {${name}:Nullable(String)})`,
  ),
].join('\n      AND ');

/** Rows looked at for each row of the list. Of each decision there are as many rows as it was sent and not merged yet. */
const LOOKED_AT = 16;

const newestTimes = (condition: string): string => `
        SELECT timestamp FROM decisions_raw
        WHERE ${condition} AND ${MATCHES}
        ORDER BY timestamp DESC LIMIT ${LOOKED_AT} * {limit:UInt32}`;

// The list ends at a time which is found first, in the order in which rows are stored and without looking for
// repetitions: so only what is in the list is read whole. One tenant and all tenants are asked for apart, because
// ClickHouse reads in that order only where `tenant` is one value; the branch that is not meant reads nothing. When all
// rows that were looked at are of too few times, the list may end anywhere.
const END_OF_LIST = `
      SELECT if(count() >= ${LOOKED_AT} * {limit:UInt32} AND uniqExact(timestamp) <= {limit:UInt32},
        toDateTime64(0, 9, 'UTC'), min(timestamp))
      FROM
      (${newestTimes('tenant = {tenant:Nullable(String)}')}
        UNION ALL${newestTimes('{tenant:Nullable(String)} IS NULL')}
      )`;

/**
 * The newest decisions that match, newest first. Reads decisions: exact, also for what was stored a moment ago.
 * @throws RangeError for a limit outside 1 to 1000, and for an `after` whose timestamp is not one of a list.
 */
export const recentDecisions: TenantQuery<RecentDecisionsParams, DecisionSummary> = {
  name: 'recentDecisions',
  sql: `
    SELECT
      decision_id AS decisionId,
      trace_id AS traceId,
      timestamp,
      duration_ns / 1e6 AS latencyMs,
      tenant,
      user_id AS userId,
      policy_name AS policyName,
      strategy,
      route,
      task_type AS taskType,
      task_complexity AS taskComplexity,
      selected_target AS selectedTarget,
      served_target AS servedTarget,
      confidence,
      override,
      explored,
      outcome,
      error_type AS errorType,
      attempts,
      cache,
      tokens_input AS tokensInput,
      tokens_output AS tokensOutput,
      cost_nano_usd AS costNanoUsd
    FROM decisions
    WHERE timestamp >= (${END_OF_LIST})
      AND ${ofTenant('tenant')}
      AND ${MATCHES}
      AND (timestamp, decision_id) < ({afterTime:DateTime64(9, 'UTC')}, {afterId:String})
    ORDER BY timestamp DESC, decision_id DESC
    LIMIT {limit:UInt32}`,
  bind: ({ limit, from = BEGINNING, to = END, after, ...of }) => {
    if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
      throw new RangeError(`A limit of ${limit} is not between 1 and ${MAX_LIMIT}.`);
    }
    const { model = null, route = null, userId = null, outcome = null, serviceInstanceId = null } = of;
    return {
      ...{ limit, from, to, model, route, userId, outcome, serviceInstanceId },
      afterTime: toTimeParam(after?.timestamp ?? END.toISOString()),
      afterId: after?.decisionId ?? '',
      ...bindTenant(of),
    };
  },
  decode: {
    decisionId: text,
    traceId: text,
    timestamp: text,
    latencyMs: float,
    tenant: text,
    userId: nullable(text),
    policyName: text,
    strategy: nullable(text),
    route: nullable(text),
    taskType: nullable(text),
    taskComplexity: nullable(text),
    selectedTarget: nullable(text),
    servedTarget: nullable(text),
    confidence: nullable(float),
    override: nullable(boolean),
    explored: nullable(boolean),
    outcome: nullable(text),
    errorType: nullable(text),
    attempts: nullable(integer),
    cache: nullable(text),
    tokensInput: nullable(integer),
    tokensOutput: nullable(integer),
    costNanoUsd: nullable(integer),
  },
};

/** ISO 8601 as a placeholder of `DateTime64` is written. */
function toTimeParam(timestamp: string): string {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,9}Z$/.test(timestamp)) {
    throw new RangeError(
      `${timestamp} is not the timestamp of a decision. Pass on what the last row of a list has.`,
    );
  }
  return timestamp.slice(0, -1).replace('T', ' ');
}

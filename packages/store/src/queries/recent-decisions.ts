import { float, integer, nullable, text } from './decoders.js';
import { bindTenant, type OfTenant, ofTenant, type TenantQuery } from './tenant-scope.js';

const MAX_LIMIT = 1000;

/** Which decisions to list, and how many. */
export type RecentDecisionsParams = OfTenant & {
  /** Number of decisions, 1 to 1000. */
  limit: number;
  /** Only decisions of this process. Default: of all. */
  serviceInstanceId?: string;
};

/** A decision in a list. `null` means unknown, or that there was none. */
export type DecisionSummary = {
  decisionId: string;
  /** Start of the request, ISO 8601 in UTC with nanoseconds. */
  timestamp: string;
  latencyMs: number;
  /** Empty when the request named none. */
  tenant: string;
  policyName: string;
  strategy: string | null;
  route: string | null;
  taskType: string | null;
  selectedTarget: string | null;
  servedTarget: string | null;
  outcome: string | null;
  errorType: string | null;
  attempts: number | null;
  tokensInput: number | null;
  tokensOutput: number | null;
  costNanoUsd: number | null;
};

/**
 * The newest decisions, newest first.
 * @throws RangeError for a limit outside 1 to 1000.
 */
export const recentDecisions: TenantQuery<RecentDecisionsParams, DecisionSummary> = {
  name: 'recentDecisions',
  sql: `
    SELECT
      decision_id AS decisionId,
      timestamp,
      duration_ns / 1e6 AS latencyMs,
      tenant,
      policy_name AS policyName,
      strategy,
      route,
      task_type AS taskType,
      selected_target AS selectedTarget,
      served_target AS servedTarget,
      outcome,
      error_type AS errorType,
      attempts,
      tokens_input AS tokensInput,
      tokens_output AS tokensOutput,
      cost_nano_usd AS costNanoUsd
    FROM decisions
    WHERE ({serviceInstanceId:Nullable(String)} IS NULL OR service_instance_id = {serviceInstanceId:Nullable(String)})
      AND ${ofTenant('tenant')}
    ORDER BY timestamp DESC, decision_id DESC
    LIMIT {limit:UInt32}`,
  bind: ({ limit, serviceInstanceId = null, ...of }) => {
    if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
      throw new RangeError(`A limit of ${limit} is not between 1 and ${MAX_LIMIT}.`);
    }
    return { limit, serviceInstanceId, ...bindTenant(of) };
  },
  decode: {
    decisionId: text,
    timestamp: text,
    latencyMs: float,
    tenant: text,
    policyName: text,
    strategy: nullable(text),
    route: nullable(text),
    taskType: nullable(text),
    selectedTarget: nullable(text),
    servedTarget: nullable(text),
    outcome: nullable(text),
    errorType: nullable(text),
    attempts: nullable(integer),
    tokensInput: nullable(integer),
    tokensOutput: nullable(integer),
    costNanoUsd: nullable(integer),
  },
};

import { float, integer, nullable, text } from './decoders.js';
import { bindRun, RUN_DECISIONS, type RunSince } from './run-of-tenant.js';
import type { TenantQuery } from './tenant-scope.js';

/** The totals over the requests of a run. `null` means that nothing is known, for instance because there is no request. */
export type RunSummary = {
  requests: number;
  succeeded: number;
  failed: number;
  cancelled: number;
  /** Requests answered by another target than the one that was chosen. */
  fallbacks: number;
  /** Over the requests whose tokens are known. */
  tokensInput: number | null;
  tokensOutput: number | null;
  /** Nano-USD, over the requests whose cost is known. */
  costNanoUsd: number | null;
  /** Requests whose cost is not known. */
  costUnknown: number;
  latencyP50Ms: number | null;
  latencyP95Ms: number | null;
  /** Start of the newest request, ISO 8601 in UTC with nanoseconds. */
  lastTimestamp: string | null;
};

/**
 * One row: the totals of a run. Reads decisions, because rollups do not tell runs apart, and because what was answered a
 * moment ago must be in it. For the requests of everybody use `trafficSummary`.
 */
export const runSummary: TenantQuery<RunSince, RunSummary> = {
  name: 'runSummary',
  sql: `
    SELECT
      count() AS requests,
      countIf(outcome = 'succeeded') AS succeeded,
      countIf(outcome = 'failed') AS failed,
      countIf(outcome = 'cancelled') AS cancelled,
      countIf(served_target != selected_target) AS fallbacks,
      sum(tokens_input) AS tokensInput,
      sum(tokens_output) AS tokensOutput,
      sum(cost_nano_usd) AS costNanoUsd,
      countIf(cost_nano_usd IS NULL) AS costUnknown,
      quantileTDigest(0.5)(duration_ns) / 1e6 AS latencyP50Ms,
      quantileTDigest(0.95)(duration_ns) / 1e6 AS latencyP95Ms,
      maxOrNull(timestamp) AS lastTimestamp
    ${RUN_DECISIONS}`,
  bind: bindRun,
  decode: {
    requests: integer,
    succeeded: integer,
    failed: integer,
    cancelled: integer,
    fallbacks: integer,
    tokensInput: nullable(integer),
    tokensOutput: nullable(integer),
    costNanoUsd: nullable(integer),
    costUnknown: integer,
    latencyP50Ms: nullable(float),
    latencyP95Ms: nullable(float),
    lastTimestamp: nullable(text),
  },
};

import { float, integer, nullable, text } from './decoders.js';
import { bindRun, RUN_DECISIONS, type RunSince } from './run-of-tenant.js';
import type { TenantQuery } from './tenant-scope.js';

/** What one target served of a run. `null` means that nothing is known. */
export type RunTarget = {
  /** Target that answered; `null` collects the requests that no target answered. */
  target: string | null;
  requests: number;
  /** Part of all requests, 0 to 1. */
  share: number;
  /** Part of its requests that succeeded, 0 to 1. */
  successRate: number;
  tokensInput: number | null;
  tokensOutput: number | null;
  /** Nano-USD. */
  costNanoUsd: number | null;
  latencyP50Ms: number | null;
  latencyP95Ms: number | null;
};

/** One row for each target that answered a request of a run, the busiest first. Reads decisions, as `runSummary`. */
export const runTargets: TenantQuery<RunSince, RunTarget> = {
  name: 'runTargets',
  sql: `
    SELECT
      served_target AS target,
      count() AS requests,
      count() / sum(count()) OVER () AS share,
      countIf(outcome = 'succeeded') / count() AS successRate,
      sum(tokens_input) AS tokensInput,
      sum(tokens_output) AS tokensOutput,
      sum(cost_nano_usd) AS costNanoUsd,
      quantileTDigest(0.5)(duration_ns) / 1e6 AS latencyP50Ms,
      quantileTDigest(0.95)(duration_ns) / 1e6 AS latencyP95Ms
    ${RUN_DECISIONS}
    GROUP BY served_target
    ORDER BY requests DESC, target`,
  bind: bindRun,
  decode: {
    target: nullable(text),
    requests: integer,
    share: float,
    successRate: float,
    tokensInput: nullable(integer),
    tokensOutput: nullable(integer),
    costNanoUsd: nullable(integer),
    latencyP50Ms: nullable(float),
    latencyP95Ms: nullable(float),
  },
};

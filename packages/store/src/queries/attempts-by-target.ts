import { bindDecisionRange, type DecisionRange, inDecisionRange } from './decision-range.js';
import { arrayOf, float, integer, nullable, text } from './decoders.js';
import type { TenantQuery } from './tenant-scope.js';

/** What came of the upstream calls to one target. */
export type TargetAttempts = {
  /** `null` collects the calls that do not say theirs. */
  target: string | null;
  attempts: number;
  succeeded: number;
  failed: number;
  cancelled: number;
  /** Calls made because an earlier one failed: to the same target, to another one. */
  retries: number;
  fallbacks: number;
  /** Calls made beside another one: to be faster, and to compare. */
  hedges: number;
  shadows: number;
  /** Nano-USD, over the calls whose cost is known; `null` when none is. */
  costNanoUsd: number | null;
  latencyP50Ms: number | null;
  latencyP95Ms: number | null;
  /** The five most frequent values of `error.type`, the most frequent first. */
  errorTypes: string[];
};

/** One row for each target, the busiest first. Reads attempts, so a long range of a busy tenant takes its time. */
export const attemptsByTarget: TenantQuery<DecisionRange, TargetAttempts> = {
  name: 'attemptsByTarget',
  sql: `
    SELECT
      target,
      count() AS attempts,
      countIf(outcome = 'succeeded') AS succeeded,
      countIf(outcome = 'failed') AS failed,
      countIf(outcome = 'cancelled') AS cancelled,
      countIf(cause = 'retry') AS retries,
      countIf(cause = 'fallback') AS fallbacks,
      countIf(cause = 'hedge') AS hedges,
      countIf(cause = 'shadow') AS shadows,
      sum(cost_nano_usd) AS costNanoUsd,
      quantileTDigest(0.5)(duration_ns) / 1e6 AS latencyP50Ms,
      quantileTDigest(0.95)(duration_ns) / 1e6 AS latencyP95Ms,
      topKIf(5)(ifNull(error_type, ''), error_type IS NOT NULL) AS errorTypes
    FROM attempts
    WHERE ${inDecisionRange()}
    GROUP BY target
    ORDER BY attempts DESC, target`,
  bind: bindDecisionRange,
  decode: {
    target: nullable(text),
    attempts: integer,
    succeeded: integer,
    failed: integer,
    cancelled: integer,
    retries: integer,
    fallbacks: integer,
    hedges: integer,
    shadows: integer,
    costNanoUsd: nullable(integer),
    latencyP50Ms: nullable(float),
    latencyP95Ms: nullable(float),
    errorTypes: arrayOf(text),
  },
};

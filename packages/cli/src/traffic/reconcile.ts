import type { SpanStats } from '@signalbox/sdk/node';
import type { StoredRun } from '@signalbox/store';
import type { LoadSize } from './measure-load.js';
import type { TrafficCounts } from './traffic-counts.js';

/** One line of the reconciliation: what should be equal on both sides. `null` is unknown, and equal to itself only. */
type ReconciliationCheck = { name: string; expected: number | null; found: number | null; ok: boolean };

/** Whether everything that was sent is stored, once, with the right sums. */
export type Reconciliation = {
  ok: boolean;
  checks: ReconciliationCheck[];
  requestsLost: number;
  rowsDuplicated: number;
  /** Rows that arrived again and were collapsed; harmless. */
  rowsCollapsed: number;
};

/** Both sides of a run: what its sender saw, and what ClickHouse holds of it. */
export type RunSides = {
  counts: TrafficCounts;
  telemetry: SpanStats;
  stored: StoredRun;
  /** What the load came to, where it was sent to its end. */
  size: LoadSize | undefined;
  /** The providers count tokens exactly as the load says: the simulator does. */
  simulated: boolean;
  /** Failures are part of the exercise, as with a timeline of incidents; otherwise a load is answered in full. */
  mayFail: boolean;
};

const check = (name: string, expected: number | null, found: number | null): ReconciliationCheck => ({
  name,
  expected,
  found,
  ok: expected === found,
});

/** The load against what was sent and answered. */
const checkLoad = ({ counts, stored, size, simulated, mayFail }: RunSides): ReconciliationCheck[] => {
  const checks = size ? [check('requests of the load = requests sent', size.requests, counts.sent)] : [];
  if (!simulated) return checks;
  const inFull = size !== undefined && !mayFail;
  if (inFull) checks.push(check('requests that failed', 0, counts.failed + counts.cancelled));
  const { contextTokens, generatedTokens } = inFull ? size : counts;
  const of = inFull ? 'the load' : 'answered arrivals';
  return [
    ...checks,
    check(`prompt tokens of ${of} = stored`, contextTokens, stored.tokensInput),
    check(`answer tokens of ${of} = stored`, generatedTokens, stored.tokensOutput),
  ];
};

/**
 * Compares both sides of a run. `requestsLost` and `rowsDuplicated` are the two figures that must be 0; every other
 * difference is a line of its own.
 */
export const reconcile = (sides: RunSides): Reconciliation => {
  const { counts, telemetry, stored } = sides;
  const storedSpans = stored.distinctRouteSpans + stored.distinctAttemptSpans;
  const checks = [
    ...checkLoad(sides),
    check('requests sent = decisions stored', counts.sent, stored.distinctDecisions),
    check('rows in decisions = distinct decision ids', stored.distinctDecisions, stored.viewDecisions),
    check('sequence numbers without a gap', 0, stored.sequenceGaps),
    check('one route span for each decision', stored.distinctDecisions, stored.distinctRouteSpans),
    check('decisions without an attempt span', 0, stored.decisionsWithoutAttempt),
    check('spans accepted = spans stored', telemetry.spansAccepted, storedSpans),
    check('spans lost before the collector', 0, telemetry.spansLost),
    check('input tokens reported = stored', counts.tokensInput, stored.tokensInput),
    check('output tokens reported = stored', counts.tokensOutput, stored.tokensOutput),
    check('cost reported = stored, in nano-USD', counts.costNanoUsd, stored.costNanoUsd),
    check('decisions whose cost is not that of their attempts', 0, stored.costMismatches),
  ];
  return {
    ok: checks.every(({ ok }) => ok),
    checks,
    requestsLost: counts.sent - stored.distinctDecisions,
    rowsDuplicated: stored.viewDecisions - stored.distinctDecisions,
    rowsCollapsed: stored.rawDecisions - stored.distinctDecisions,
  };
};

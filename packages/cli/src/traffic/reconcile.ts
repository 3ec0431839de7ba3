import type { SpanStats } from '@signalbox/sdk/node';
import { reconcileRun, type Store } from '@signalbox/store';
import type { LoadSize } from './measure-load.js';
import type { TrafficCounts } from './traffic-counts.js';

/** One line of the reconciliation: what should be equal on both sides. */
type ReconciliationCheck = { name: string; expected: number; found: number; ok: boolean };

/** Whether everything that was sent is stored, once, with the right sums. */
export type Reconciliation = {
  ok: boolean;
  checks: ReconciliationCheck[];
  /** Spans that never reached the collector: telemetry that is known to be lost. */
  spansLost: number;
  requestsLost: number;
  rowsDuplicated: number;
  /** Rows that arrived again and were collapsed; harmless. */
  rowsCollapsed: number;
};

/**
 * Compares what the sender of a load saw with what ClickHouse holds for that run (`service.instance.id`).
 * `requestsLost` and `rowsDuplicated` are the two figures that must be 0.
 */
export const reconcile = async (
  store: Store,
  run: {
    serviceInstanceId: string;
    counts: TrafficCounts;
    telemetry: SpanStats;
    /** What the load came to, where it was sent to its end. */
    size: LoadSize | undefined;
    /** The providers count tokens exactly as the load says. */
    simulated: boolean;
  },
): Promise<Reconciliation> => {
  const { counts, telemetry, size, simulated } = run;
  const [stored] = await store.query(reconcileRun, { serviceInstanceId: run.serviceInstanceId });
  if (!stored) throw new Error('The reconciliation query returned no row.');
  const check = (name: string, expected: number, found: number | null): ReconciliationCheck => ({
    name,
    expected,
    found: found ?? 0,
    ok: expected === (found ?? 0),
  });
  const ofLoad = size ? [check('requests of the load = requests sent', size.requests, counts.sent)] : [];
  const ofSimulator = simulated
    ? [
        check('prompt tokens of answered arrivals = stored', counts.contextTokens, stored.tokensInput),
        check('answer tokens of answered arrivals = stored', counts.generatedTokens, stored.tokensOutput),
      ]
    : [];
  const checks = [
    ...ofLoad,
    ...ofSimulator,
    check('requests sent = decisions stored', counts.sent, stored.distinctDecisions),
    check('rows in decisions = distinct decision ids', stored.distinctDecisions, stored.viewDecisions),
    check('sequence numbers without a gap', 0, stored.sequenceGaps),
    check('one route span for each decision', stored.distinctDecisions, stored.distinctRouteSpans),
    check('decisions without an attempt span', 0, stored.decisionsWithoutAttempt),
    check(
      'spans accepted = spans stored',
      telemetry.spansAccepted,
      stored.distinctRouteSpans + stored.distinctAttemptSpans,
    ),
    check('spans lost before the collector', 0, telemetry.spansLost),
    check('input tokens reported = stored', counts.tokensInput, stored.tokensInput),
    check('output tokens reported = stored', counts.tokensOutput, stored.tokensOutput),
    check('cost reported = stored, in nano-USD', counts.costNanoUsd, stored.costNanoUsd),
    check('decisions whose cost is not that of their attempts', 0, stored.costMismatches),
  ];
  return {
    ok: checks.every(({ ok }) => ok),
    checks,
    spansLost: telemetry.spansLost,
    requestsLost: counts.sent - stored.distinctDecisions,
    rowsDuplicated: stored.viewDecisions - stored.distinctDecisions,
    rowsCollapsed: stored.rawDecisions - stored.distinctDecisions,
  };
};

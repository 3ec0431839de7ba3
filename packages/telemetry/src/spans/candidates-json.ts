import type { Candidate, TargetSignals } from '@signalbox/spec';
import { roundTo } from '../round-to.js';

/**
 * The candidates as the JSON text of `signalbox.candidates`: an array in the order of the decision. Provider and model
 * are left out, because the target id names them, and so is what is unknown. Scores have at most three decimals,
 * probabilities nine. (A text put together by hand takes as long as `JSON.stringify`, which is written in C++.)
 */
export const toCandidatesJson = (candidates: readonly Candidate[]): string =>
  JSON.stringify(candidates.map(toWire));

/** Members that are `undefined` do not appear in JSON. */
const toWire = (candidate: Candidate) => {
  const { excluded, score, signals } = candidate;
  return {
    target: candidate.target,
    eligible: candidate.eligible,
    excluded: excluded ? { reason: excluded.reason, detail: excluded.detail } : undefined,
    score: score === null ? undefined : roundTo(score, 3),
    probability: roundTo(candidate.probability, 9),
    terms: candidate.terms,
    signals: signals ? toWireSignals(signals) : undefined,
    estimatedCostNanoUsd: candidate.estimatedCostNanoUsd ?? undefined,
    estimatedLatencyMs: candidate.estimatedLatencyMs ?? undefined,
  };
};

const toWireSignals = (signals: TargetSignals) => ({
  firstChunkMs: signals.firstChunkMs ?? undefined,
  tokensPerSecond: signals.tokensPerSecond ?? undefined,
  successRate: signals.successRate ?? undefined,
  circuit: signals.circuit,
  health: signals.health,
  requestsLeft: signals.requestsLeft ?? undefined,
  tokensLeft: signals.tokensLeft ?? undefined,
  successes: signals.successes,
  failures: signals.failures,
  userSuccesses: signals.userSuccesses,
  userFailures: signals.userFailures,
});

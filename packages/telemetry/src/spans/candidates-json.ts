import type { Candidate } from '@signalbox/spec';

/**
 * The candidates as the JSON text of `signalbox.candidates`: an array in the order of the decision. Provider and model
 * are left out, because the target id names them.
 */
export const toCandidatesJson = (candidates: readonly Candidate[]): string =>
  JSON.stringify(
    candidates.map(({ target, eligible, excluded, score, probability, terms, signals, ...estimated }) => ({
      target,
      eligible,
      excluded: excluded && { reason: excluded.reason, detail: excluded.detail },
      score,
      probability,
      terms,
      signals,
      estimatedCostNanoUsd: estimated.estimatedCostNanoUsd,
      estimatedLatencyMs: estimated.estimatedLatencyMs,
    })),
  );

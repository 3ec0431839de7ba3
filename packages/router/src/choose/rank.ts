import { type Candidate, NoCandidateError } from '@signalbox/spec';

/** Eligible candidates by falling score, at least one. */
export type Ranking = readonly [Candidate, ...Candidate[]];

/**
 * Ranks the eligible candidates by their scores at three decimals, so that the noise of adding floats decides nothing.
 * Of equal scores the lower estimated cost comes first, then the lower estimated latency, a known one before an unknown
 * one, then the order of the policy. Throws `NoCandidateError` when every candidate is excluded.
 */
export const rank = (candidates: readonly Candidate[]): Ranking => {
  const ranked = candidates.filter(({ eligible }) => eligible).sort(byFallingScore);
  if (ranked.length === 0) throw new NoCandidateError({ candidates });
  return ranked as unknown as Ranking;
};

const byFallingScore = (a: Candidate, b: Candidate): number =>
  thousandths(b.score) - thousandths(a.score) ||
  knownFirst(a.estimatedCostNanoUsd, b.estimatedCostNanoUsd) ||
  knownFirst(a.estimatedLatencyMs, b.estimatedLatencyMs);

const thousandths = (score: number | null): number => Math.round((score ?? 0) * 1e3);

const knownFirst = (a: number | null, b: number | null): number => {
  if (a === b) return 0;
  return (a ?? Number.POSITIVE_INFINITY) - (b ?? Number.POSITIVE_INFINITY);
};

import { type Candidate, NoCandidateError } from '@signalbox/spec';

/** Eligible candidates by falling score, at least one. */
export type Ranking = readonly [Candidate, ...Candidate[]];

/**
 * Ranks the eligible candidates; equal scores keep the order of the policy. Throws `NoCandidateError` when every
 * candidate is excluded.
 */
export const rank = (candidates: readonly Candidate[]): Ranking => {
  const [best, ...rest] = candidates.filter(({ eligible }) => eligible).sort(byFallingScore);
  if (!best) throw new NoCandidateError({ candidates });
  return [best, ...rest];
};

const byFallingScore = (a: Candidate, b: Candidate): number => (b.score ?? 0) - (a.score ?? 0);

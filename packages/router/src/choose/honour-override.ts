import { type Candidate, NoCandidateError, type Policy } from '@signalbox/spec';
import type { Choice } from './choice.js';
import { findRequested } from './find-requested.js';
import { rank } from './rank.js';

/**
 * Chooses what the caller asked for by name. The ranking does not matter, the exclusions do: throws `NoCandidateError`
 * with this one candidate when it is excluded or the policy lets nobody name a model, and `UnknownModelError` when the
 * name means none or several. There are no fallbacks, because who names a model wants that one.
 */
export const honourOverride = (
  requested: string,
  candidates: readonly Candidate[],
  { name, overrides }: Pick<Policy, 'name' | 'overrides'>,
): Choice => {
  const candidate = findRequested(requested, candidates);
  if (candidate.excluded) throw new NoCandidateError({ candidates: [candidate] });
  if (overrides === 'deny') {
    const excluded = { reason: 'not-allowed', detail: `policy "${name}" lets nobody name a model` } as const;
    throw new NoCandidateError({ candidates: [{ ...candidate, eligible: false, excluded }] });
  }
  const ranking = rank(candidates);
  candidate.probability = 1;
  return {
    ranking,
    selected: candidate.target,
    propensity: 1,
    explored: false,
    draw: null,
    arm: null,
    shadows: [],
    override: { requested, routed: ranking[0].target },
    fallbacks: [],
  };
};

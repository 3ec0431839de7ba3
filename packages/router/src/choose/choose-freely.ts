import type { Candidate, Policy, Random } from '@signalbox/spec';
import type { Choice } from './choice.js';
import { distribute } from './distribute.js';
import { draw } from './draw.js';
import { orderFallbacks } from './order-fallbacks.js';
import { rank } from './rank.js';

/** Chooses where the caller left it to the router. Throws `NoCandidateError` when every candidate is excluded. */
export const chooseFreely = (candidates: readonly Candidate[], policy: Policy, random: Random): Choice => {
  const ranking = rank(candidates);
  distribute(ranking, policy.exploration);
  const { chosen, draw: drawn } = draw(ranking, random);
  return {
    ranking,
    selected: chosen.target,
    propensity: chosen.probability,
    explored: chosen !== ranking[0],
    draw: drawn,
    sticky: null,
    arm: null,
    shadows: [],
    override: null,
    fallbacks: orderFallbacks(ranking, chosen.target, policy.fallback),
  };
};

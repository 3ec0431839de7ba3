import type { Candidate, Policy, Stickiness } from '@signalbox/spec';
import type { Strategy } from '../strategies/strategy.js';
import { BILLION } from './billionths.js';
import type { Choice } from './choice.js';
import { chooseShadows, drawsShadows } from './choose-shadows.js';
import { distribute, type Share } from './distribute.js';
import { draw, type TakeDraw } from './draw.js';
import { orderFallbacks } from './order-fallbacks.js';
import { type Ranking, rank } from './rank.js';

/** What a free choice is made from, beside the candidates. */
export type ChoiceInput = {
  policy: Policy;
  strategy: Strategy;
  sticky: Stickiness | null;
  /** Asked at most once. */
  takeDraw: TakeDraw;
};

/** Chooses where the caller left it to the router. Throws `NoCandidateError` when every candidate is excluded. */
export const chooseFreely = (
  candidates: readonly Candidate[],
  { policy, strategy, sticky, takeDraw }: ChoiceInput,
): Choice => {
  const ranking = rank(candidates);
  const shares = keep(ranking, policy, sticky) ?? distribute(ranking, policy, strategy);
  setProbabilities(shares);
  const drawn = draw(shares, takeDraw);
  const { candidate, arm } = drawn.share;
  const number = drawn.draw ?? (drawsShadows(policy.arms) ? takeDraw() : null);
  return {
    ranking,
    selected: candidate.target,
    propensity: candidate.probability,
    explored: candidate !== ranking[0],
    draw: number,
    arm,
    shadows: number === null ? NONE : chooseShadows(ranking, candidate.target, policy.arms, number),
    override: null,
    fallbacks: orderFallbacks(ranking, candidate.target, policy.fallback),
  };
};

const NONE: readonly string[] = [];

/** All for the target that the key had before, where the policy holds it and it is eligible; else `null`. */
const keep = (ranking: Ranking, policy: Policy, sticky: Stickiness | null): readonly Share[] | null => {
  if (!policy.sticky?.hold || sticky === null || sticky.held === null) return null;
  const candidate = ranking.find(({ target }) => target === sticky.held);
  return candidate ? [{ candidate, arm: null, billionths: BILLION }] : null;
};

/** Sets the probability of each candidate, which is 0 before: the length of its stretches. */
const setProbabilities = (shares: readonly Share[]): void => {
  for (const { candidate, billionths } of shares) {
    candidate.probability = (Math.round(candidate.probability * BILLION) + billionths) / BILLION;
  }
};

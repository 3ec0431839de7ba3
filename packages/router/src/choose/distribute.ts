import type { Candidate, Policy } from '@signalbox/spec';
import type { Strategy } from '../strategies/strategy.js';
import { BILLION } from './billionths.js';
import type { Ranking } from './rank.js';
import { sharesOfArms } from './shares-of-arms.js';
import { sharesOfRanking } from './shares-of-ranking.js';

/** A stretch of the distribution: a candidate, the arm that it stands there for, and how many billionths it is long. */
export type Share = { candidate: Candidate; arm: string | null; billionths: number };

/**
 * The distribution over a ranking as stretches that sum to a billion: first the arms of the policy in their order, then
 * what is left by the ranking. Arms come first so that what is drawn from a key stays in its arm when scores change.
 * A candidate that arms name gets nothing beside them, unless the arms name all.
 */
export const distribute = (ranking: Ranking, policy: Policy, strategy: Strategy): readonly Share[] => {
  if (policy.arms.length === 0) return sharesOfRanking(ranking, BILLION, policy, strategy);
  const { shares, named } = sharesOfArms(ranking, policy.arms);
  const [best, ...rest] = ranking.filter(({ target }) => !named.has(target));
  if (!best && shares.length > 0) return fill(shares);
  // Arms that name all but take nothing leave the choice as if they were not there.
  if (!best) return sharesOfRanking(ranking, BILLION, policy, strategy);
  const left = BILLION - sum(shares);
  return left > 0 ? [...shares, ...sharesOfRanking([best, ...rest], left, policy, strategy)] : shares;
};

/** Stretches lengthened in proportion until they fill the distribution. */
const fill = (shares: readonly Share[]): readonly Share[] => {
  const total = sum(shares);
  let left = BILLION;
  return shares.map((share, at) => {
    const last = at === shares.length - 1;
    const billionths = last ? left : Math.floor((share.billionths / total) * BILLION);
    left -= billionths;
    return { ...share, billionths };
  });
};

const sum = (shares: readonly Share[]): number =>
  shares.reduce((total, { billionths }) => total + billionths, 0);

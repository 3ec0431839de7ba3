import type { Policy } from '@signalbox/spec';
import type { Strategy } from '../strategies/strategy.js';
import type { Share } from './distribute.js';
import type { Ranking } from './rank.js';

/**
 * Splits billionths over a ranking: by the chances that the strategy gives, else as the policy's distribution says, of
 * which exploration spreads its part evenly. Everybody gets its part rounded down, and the best what is left.
 */
export const sharesOfRanking = (
  ranking: Ranking,
  billionths: number,
  policy: Pick<Policy, 'exploration' | 'distribution'>,
  strategy: Strategy,
): readonly Share[] => {
  const chances = chancesOf(ranking, policy, strategy);
  const floor = policy.exploration / ranking.length;
  let left = billionths;
  const shares = ranking.map((candidate, at): Share => {
    const part = Math.floor((floor + (1 - policy.exploration) * (chances[at] ?? 0)) * billionths);
    if (at > 0) left -= part;
    return { candidate, arm: null, billionths: part };
  });
  (shares[0] as Share).billionths = left;
  return shares;
};

/** The chance of each candidate before exploration. They sum to 1, but for the best, whose chance is what is left. */
const chancesOf = (
  ranking: Ranking,
  { distribution }: Pick<Policy, 'distribution'>,
  strategy: Strategy,
): readonly number[] => {
  const sampled = 'chances' in strategy ? strategy.chances?.(ranking) : undefined;
  if (sampled) return normalized(sampled);
  if (distribution.kind === 'greedy') return GREEDY;
  const best = ranking[0].score ?? 0;
  return normalized(ranking.map(({ score }) => Math.exp(((score ?? 0) - best) / distribution.temperature)));
};

const GREEDY: readonly number[] = [1];

const normalized = (weights: readonly number[]): readonly number[] => {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return total > 0 ? weights.map((weight) => weight / total) : GREEDY;
};

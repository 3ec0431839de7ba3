import type { Ranking } from './rank.js';

/**
 * Sets the probability of every candidate: with `k` of them and an exploration rate ε the best gets 1 - ε·(k-1)/k,
 * every other ε/k.
 */
export const distribute = (ranking: Ranking, exploration: number): void => {
  const share = exploration / ranking.length;
  for (const candidate of ranking) candidate.probability = share;
  ranking[0].probability = 1 - share * (ranking.length - 1);
};

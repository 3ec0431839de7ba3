import { BILLION } from './billionths.js';
import type { Ranking } from './rank.js';

/**
 * Sets the probability of every candidate: with `k` of them and an exploration rate ε every one but the best gets ε/k,
 * rounded down to whole billionths, and the best the rest.
 */
export const distribute = (ranking: Ranking, exploration: number): void => {
  const share = Math.floor((exploration / ranking.length) * BILLION);
  for (const candidate of ranking) candidate.probability = share / BILLION;
  ranking[0].probability = (BILLION - share * (ranking.length - 1)) / BILLION;
};

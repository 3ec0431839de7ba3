import type { Policy } from '@signalbox/spec';
import type { Ranking } from './rank.js';

/**
 * The targets to try after the chosen one: the policy's chain where it has one, else the ranking. Only eligible
 * targets, none twice, never the chosen one, and together with it at most `maxModels`.
 */
export const orderFallbacks = (
  ranking: Ranking,
  selected: string,
  { maxModels, chain }: Policy['fallback'],
): readonly string[] => {
  const fallbacks: string[] = [];
  const order = chain.length > 0 ? chain : ranking.map(({ target }) => target);
  for (const target of order) {
    if (fallbacks.length >= maxModels - 1) break;
    if (target === selected || fallbacks.includes(target)) continue;
    if (order !== chain || ranking.some((candidate) => candidate.target === target)) fallbacks.push(target);
  }
  return fallbacks;
};

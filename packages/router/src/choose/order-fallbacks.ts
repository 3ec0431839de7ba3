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
  const ranked = new Set(ranking.map(({ target }) => target));
  const order = chain.length > 0 ? new Set(chain.filter((target) => ranked.has(target))) : ranked;
  order.delete(selected);
  return [...order].slice(0, maxModels - 1);
};

import type { Decision } from '@signalbox/spec';
import type { Ranking } from './rank.js';

/** What was chosen and how, with the ranking, whose probabilities are now set. */
export type Choice = Pick<
  Decision,
  'selected' | 'propensity' | 'explored' | 'draw' | 'arm' | 'shadows' | 'override' | 'fallbacks'
> & {
  ranking: Ranking;
};

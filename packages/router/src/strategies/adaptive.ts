import { ALWAYS } from './always.js';
import type { WeightedStrategy } from './strategy.js';
import { thompsonChances } from './thompson-chances.js';
import { weighPreferences } from './weigh-preferences.js';

/** Cost, latency and quality together: they decide among targets that succeed alike. */
const REST = 0.25;
const OUTCOMES = 1;

/**
 * Learns from how requests of the same task type and complexity ended. Contextual Thompson sampling: every target is
 * taken as often as it is the best one, given what is and what is not known of its share of successes.
 */
export const adaptive: WeightedStrategy = {
  name: 'adaptive',
  weigh: (context) => ({ ...weighPreferences(context, REST), outcomes: OUTCOMES, ...ALWAYS }),
  chances: (ranking) => thompsonChances(ranking, OUTCOMES),
};

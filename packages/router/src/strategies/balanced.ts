import { ALWAYS } from './always.js';
import type { WeightedStrategy } from './strategy.js';
import { weighPreferences } from './weigh-preferences.js';

/** Cost, latency and quality weighed by the preferences, which together weigh 1. */
export const balanced: WeightedStrategy = {
  name: 'balanced',
  weigh(context) {
    const { cost, latency, quality } = weighPreferences(context, 1);
    return { cost, latency, quality, reliability: ALWAYS.reliability, preference: ALWAYS.preference };
  },
};

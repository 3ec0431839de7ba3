import { ALWAYS } from './always.js';
import type { WeightedStrategy } from './strategy.js';
import { weighPreferences } from './weigh-preferences.js';

/** Cost, latency and quality together: enough to choose among targets that the user had the same success with. */
const REST = 0.25;

/** What this user has had success with. Who is new gets what the preferences and the expected quality say. */
export const userPreference: WeightedStrategy = {
  name: 'user-preference',
  weigh: (context) => ({ ...weighPreferences(context, REST), user: 1, ...ALWAYS }),
};

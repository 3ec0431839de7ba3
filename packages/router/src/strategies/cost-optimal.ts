import { ALWAYS } from './always.js';
import type { WeightedStrategy } from './strategy.js';

const WEIGHTS = { cost: 1, ...ALWAYS };

/** The cheapest target that works. */
export const costOptimal: WeightedStrategy = { name: 'cost-optimal', weigh: () => WEIGHTS };

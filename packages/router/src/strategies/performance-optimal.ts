import { ALWAYS } from './always.js';
import type { WeightedStrategy } from './strategy.js';

const WEIGHTS = { latency: 1, ...ALWAYS };

/** The target whose whole answer is there first. */
export const performanceOptimal: WeightedStrategy = { name: 'performance-optimal', weigh: () => WEIGHTS };

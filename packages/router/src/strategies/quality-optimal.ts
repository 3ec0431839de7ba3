import { ALWAYS } from './always.js';
import type { WeightedStrategy } from './strategy.js';

const WEIGHTS = { quality: 1, ...ALWAYS };

/** The target with the best expected quality, whatever it costs within the limits. */
export const qualityOptimal: WeightedStrategy = { name: 'quality-optimal', weigh: () => WEIGHTS };

import type { StrategyName } from '@signalbox/spec';
import { balanced } from './balanced.js';
import { costOptimal } from './cost-optimal.js';
import { performanceOptimal } from './performance-optimal.js';
import { qualityOptimal } from './quality-optimal.js';
import type { Strategy } from './strategy.js';

/** Every built-in strategy by name. */
export const STRATEGIES: Readonly<Record<StrategyName, Strategy>> = {
  'cost-optimal': costOptimal,
  'performance-optimal': performanceOptimal,
  'quality-optimal': qualityOptimal,
  balanced,
};

import { type CustomStrategy, type Policy, type StrategyName, UnknownStrategyError } from '@signalbox/spec';
import { adaptive } from './adaptive.js';
import { ALWAYS } from './always.js';
import { balanced } from './balanced.js';
import { costOptimal } from './cost-optimal.js';
import { performanceOptimal } from './performance-optimal.js';
import { qualityOptimal } from './quality-optimal.js';
import { registeredStrategy } from './register-strategy.js';
import type { Strategy, WeightedStrategy } from './strategy.js';
import { userPreference } from './user-preference.js';

/** Every built-in strategy by name. */
export const STRATEGIES: Readonly<Record<StrategyName, WeightedStrategy>> = {
  'cost-optimal': costOptimal,
  'performance-optimal': performanceOptimal,
  'quality-optimal': qualityOptimal,
  balanced,
  'user-preference': userPreference,
  adaptive,
};

const builtIn = new Map<string, Strategy>(Object.entries(STRATEGIES));

/**
 * The strategy of this name: a built-in one, or one of the policy's own, whose `reliability` and `preference` weigh 0.25
 * unless it says otherwise. Throws `UnknownStrategyError` for another name, and for one in code that is not registered.
 */
export const strategyOf = (name: string, { strategies }: Pick<Policy, 'strategies'>): Strategy => {
  const known = builtIn.get(name);
  if (known) return known;
  const custom = Object.hasOwn(strategies, name) ? strategies[name] : undefined;
  const strategy = custom && toStrategy(name, custom);
  if (strategy) return strategy;
  const version = custom && 'code' in custom ? custom.code : null;
  throw new UnknownStrategyError({ name, version, known: [...builtIn.keys(), ...Object.keys(strategies)] });
};

const toStrategy = (name: string, custom: CustomStrategy): Strategy | null => {
  if ('code' in custom) return registeredStrategy(name, custom.code);
  const weights = { ...ALWAYS, ...custom.weights };
  return { name, weigh: () => weights };
};

import type { CompiledRoute } from '../classify/compile-routes.js';
import type { TermBuilder } from './strategy.js';

const BONUS = 0.25;

/**
 * Adds the term `preference`, 0.25, to targets that the matched route prefers. All preferred targets get the same:
 * the strategy still chooses among them.
 */
export const addPreference = (terms: TermBuilder, target: string, route: CompiledRoute | null): void => {
  if (route?.prefer.has(target)) terms.preference = BONUS;
};

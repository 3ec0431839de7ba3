import type { CompiledRoute } from '../classify/compile-routes.js';
import { toThousandths } from '../to-thousandths.js';
import type { TermBuilder } from './strategy.js';

/**
 * Adds the term `preference`, which is `weight`, to targets that the matched route prefers. All preferred targets get
 * the same: the strategy still chooses among them.
 */
export const addPreference = (
  terms: TermBuilder,
  weight: number,
  target: string,
  route: CompiledRoute | null,
): void => {
  if (weight !== 0 && route?.prefer.has(target)) terms.preference = toThousandths(weight);
};

import { toThousandths } from '../to-thousandths.js';
import type { TermBuilder } from './strategy.js';

const FLOOR_NANO_USD = 10_000;
const CEILING_NANO_USD = 1_000_000_000;
const SPAN = Math.log1p(CEILING_NANO_USD / FLOOR_NANO_USD);
const UNKNOWN = 0;

/**
 * Adds the term `cost`: `weight` times 1 for a free request, 0 for one of 1 USD, less beyond. Between 0.0001 and 1 USD
 * a tenfold cost takes 0.2. Cost is an estimate in nano-USD; an unknown one gives `cost-unknown`, pessimistic: as if
 * the request cost 1 USD.
 */
export const addCost = (terms: TermBuilder, weight: number, costNanoUsd: number | null): void => {
  if (weight === 0) return;
  if (costNanoUsd === null) terms['cost-unknown'] = toThousandths(weight * UNKNOWN);
  else terms.cost = toThousandths(weight * (1 - Math.log1p(costNanoUsd / FLOOR_NANO_USD) / SPAN));
};

import type { TermName } from '@signalbox/spec';
import { toThousandths } from '../to-thousandths.js';
import { expectedSuccess } from './expected-success.js';
import type { TermBuilder } from './strategy.js';

/** What a term of past outcomes is made of; counts are `undefined` where there was none yet. */
type PastOutcomes = { quality: number | null; successes: number | undefined; failures: number | undefined };

/**
 * Adds the term `outcomes` or `user`: `weight` times the share of successes to expect from the discounted outcomes, with
 * the expected quality as a prior worth 4 of them. Without any outcome it is named `outcomes-unknown` or `user-unknown`
 * and is the prior alone.
 */
export const addSuccess = (
  terms: TermBuilder,
  name: Extract<TermName, 'outcomes' | 'user'>,
  weight: number,
  { quality, successes, failures }: PastOutcomes,
): void => {
  if (weight === 0) return;
  const known = successes !== undefined && failures !== undefined;
  const outcomes = known ? { successes, failures } : { successes: 0, failures: 0 };
  terms[known ? name : `${name}-unknown`] = toThousandths(weight * expectedSuccess(quality, outcomes));
};

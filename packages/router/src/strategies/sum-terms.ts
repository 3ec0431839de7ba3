import type { Terms } from '@signalbox/spec';

/**
 * The score: the sum of the terms from left to right, without rounding, so that anyone can add them up again. The terms
 * have three decimals, and so has the sum, but for the noise of floats (0.1 + 0.2), which nothing looks at.
 */
export const sumTerms = (terms: Terms): number => {
  let score = 0;
  for (const name in terms) score += terms[name] ?? 0;
  return score;
};

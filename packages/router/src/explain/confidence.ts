import type { Candidate } from '@signalbox/spec';
import { toFourDecimals } from '../to-four-decimals.js';

/** The margin at which confidence is 0.5: 0.05 of score, about 1.8 times the cost under `cost-optimal`. */
const HALF_MARGIN = 0.05;

/**
 * How clearly the best candidate leads: `margin / (margin + 0.05)`, where the margin is its score minus that of the
 * second. 0 for a tie, towards 1 for a wide lead, 1 with a single candidate. It speaks of the ranking, not of the
 * answer, and is not yet calibrated against outcomes.
 */
export const confidenceOf = (ranked: readonly Candidate[]): number => {
  const [best, second] = ranked;
  if (!best || !second) return 1;
  const margin = toFourDecimals((best.score ?? 0) - (second.score ?? 0));
  return toFourDecimals(margin / (margin + HALF_MARGIN));
};

import type { Candidate } from '@signalbox/spec';
import { toFourDecimals } from '../to-four-decimals.js';
import { CONFIDENCE_SLOPE } from './confidence-calibration.js';

/**
 * The chance that the best candidate would still rank before the second if the quality of both were measured on fifty
 * prompts of about this complexity: `1 / (1 + exp(-slope * margin))`, where the margin is its score minus that of the
 * second and the slope is calibrated on development data. 0.5 for a tie, towards 1 for a wide lead, 1 with a single
 * candidate; four decimals. It speaks of the ranking, not of the answer.
 */
export const confidenceOf = (ranked: readonly Candidate[]): number => {
  const [best, second] = ranked;
  if (!best || !second) return 1;
  const margin = (best.score ?? 0) - (second.score ?? 0);
  return toFourDecimals(1 / (1 + Math.exp(-CONFIDENCE_SLOPE * margin)));
};

import type { Outcomes } from '@signalbox/spec';

/** The expected quality counts as many outcomes as this, until there are more of one's own. */
const PRIOR_OUTCOMES = 4;
const UNKNOWN_QUALITY = 0.5;

/**
 * The share of successes to expect after some outcomes: the mean of the Beta distribution whose prior, worth 4 outcomes,
 * is the expected quality; 0.5 where that is unknown.
 */
export const expectedSuccess = (quality: number | null, { successes, failures }: Outcomes): number =>
  (successes + PRIOR_OUTCOMES * (quality ?? UNKNOWN_QUALITY)) / (successes + failures + PRIOR_OUTCOMES);

/** The standard deviation of that distribution, by its mean and the number of outcomes. */
export const deviationOfSuccess = (mean: number, outcomes: number): number =>
  Math.sqrt(Math.max(0, mean * (1 - mean)) / (outcomes + PRIOR_OUTCOMES + 1));

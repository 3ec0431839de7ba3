import type { PricePeriod } from '@signalbox/spec';

const UNKNOWN: PricePeriod = { validFrom: null, resolved: null };

/** The timeline of a model that nobody knows a price of. */
export const UNKNOWN_SINCE_EVER: readonly PricePeriod[] = [UNKNOWN];

/** `upper` from its first period on, `lower` before that. Both ascend. */
export const overlay = (
  lower: readonly PricePeriod[],
  upper: readonly PricePeriod[],
): readonly PricePeriod[] => {
  const [first] = upper;
  if (!first) return lower;
  const { validFrom } = first;
  if (validFrom === null) return upper;
  return [...lower.filter((period) => period.validFrom === null || period.validFrom < validFrom), ...upper];
};

/** The period that a time falls into. */
export const periodAt = (timeline: readonly PricePeriod[], at: Date): PricePeriod =>
  timeline.findLast(({ validFrom }) => validFrom === null || validFrom <= at) ?? UNKNOWN;

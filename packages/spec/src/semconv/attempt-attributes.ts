/** int; attempt. Number of the attempt within its request, from 1. */
export const ATTR_SIGNALBOX_ATTEMPT_NUMBER = 'signalbox.attempt.number';

/** string; attempt, metric. Why the attempt was made: `first`, `retry`, `fallback`, `hedge` or `shadow`. */
export const ATTR_SIGNALBOX_ATTEMPT_CAUSE = 'signalbox.attempt.cause';

/** string; attempt, metric. Target id of the attempt. */
export const ATTR_SIGNALBOX_ATTEMPT_TARGET = 'signalbox.attempt.target';

/** int; attempt. Cost of this attempt in nano-USD; absent when unknown. */
export const ATTR_SIGNALBOX_ATTEMPT_COST_NANO_USD = 'signalbox.attempt.cost_nano_usd';

/** string; metric. Why a candidate was excluded. */
export const ATTR_SIGNALBOX_EXCLUSION_REASON = 'signalbox.exclusion.reason';

/** string; metric. Target id of the excluded candidate. */
export const ATTR_SIGNALBOX_EXCLUSION_TARGET = 'signalbox.exclusion.target';

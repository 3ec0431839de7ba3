/** int. Number of the attempt within its request, from 1. */
export const ATTR_SIGNALBOX_ATTEMPT_NUMBER = 'signalbox.attempt.number';

/** string. Why the attempt was made: `first`, `retry`, `fallback`, `hedge` or `shadow`. */
export const ATTR_SIGNALBOX_ATTEMPT_CAUSE = 'signalbox.attempt.cause';

/** string. Target id of the attempt. */
export const ATTR_SIGNALBOX_ATTEMPT_TARGET = 'signalbox.attempt.target';

/** int. Cost of this attempt in nano-USD; absent when unknown. */
export const ATTR_SIGNALBOX_ATTEMPT_COST_NANO_USD = 'signalbox.attempt.cost_nano_usd';

/** string. Why a candidate was excluded; on the exclusions metric. */
export const ATTR_SIGNALBOX_EXCLUSION_REASON = 'signalbox.exclusion.reason';

/** string. Target id of the excluded candidate; on the exclusions metric. */
export const ATTR_SIGNALBOX_EXCLUSION_TARGET = 'signalbox.exclusion.target';

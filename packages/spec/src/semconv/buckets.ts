/** Bucket boundaries, in seconds, that the GenAI conventions prescribe for durations. */
export const DURATION_SECONDS_BUCKETS: readonly number[] = [
  0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92,
];

/** Bucket boundaries, in microseconds, for the time spent deciding. */
export const DECIDE_MICROSECONDS_BUCKETS: readonly number[] = [
  5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 5120, 10_240,
];

/** Bucket boundaries for confidence: the four bands of the analytics and finer ones within. */
export const CONFIDENCE_BUCKETS: readonly number[] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

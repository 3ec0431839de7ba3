/** Weight of the newest sample. With 0.1 the last ten samples make up two thirds of the mean. */
const WEIGHT = 0.1;

/** An exponentially weighted mean with one more sample; the first sample is the mean. */
export const ewma = (mean: number | null, sample: number): number =>
  mean === null ? sample : mean + WEIGHT * (sample - mean);

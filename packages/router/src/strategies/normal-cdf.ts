/**
 * The probability that a standard normal number is below `z`, to about 1e-7: formula 26.2.17 of Abramowitz and Stegun,
 * Handbook of Mathematical Functions.
 */
export const normalCdf = (z: number): number => {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const series =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = INVERSE_SQRT_2_PI * Math.exp((-z * z) / 2) * series;
  return z >= 0 ? 1 - tail : tail;
};

const INVERSE_SQRT_2_PI = 1 / Math.sqrt(2 * Math.PI);

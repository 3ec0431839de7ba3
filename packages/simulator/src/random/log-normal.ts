import type { Random } from './keyed-random.js';

/** A right-skewed quantity by two of its quantiles; `p95` is at least `median`. */
export type Spread = { median: number; p95: number };

/** The 95 % quantile of the standard normal distribution. */
const Z95 = 1.644_853_626_951;

/** Draws from the log-normal distribution with this median and 95 % quantile (Box-Muller, two draws). */
export function drawLogNormal({ median, p95 }: Spread, random: Random): number {
  const sigma = Math.log(p95 / median) / Z95;
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  const normal = radius * Math.cos(2 * Math.PI * random());
  return median * Math.exp(sigma * normal);
}

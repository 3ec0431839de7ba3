import type { Random } from '@signalbox/spec';

/** The middle 95 % of what a figure is over resampled data. */
export type Interval = { low: number; high: number };

const TAIL = 0.025;

/** How often each of `count` samples is drawn when `count` are drawn with replacement. */
export const resample = (count: number, random: Random): Uint16Array => {
  const counts = new Uint16Array(count);
  for (let draw = 0; draw < count; draw += 1) {
    const position = Math.floor(random() * count);
    counts[position] = (counts[position] ?? 0) + 1;
  }
  return counts;
};

/** The percentile interval of the values of a figure. Values that are not finite are left out. */
export const intervalOf = (values: readonly number[]): Interval => {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN;
  return { low: at(TAIL), high: at(1 - TAIL) };
};

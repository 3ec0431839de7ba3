import { createSeededRandom } from '@signalbox/spec';
import { expect, it } from 'vitest';
import { intervalOf, resample } from './bootstrap.js';

it('draws as many samples as there are, the same for the same seed', () => {
  const counts = resample(500, createSeededRandom(3));
  expect(counts.reduce((a, b) => a + b, 0)).toBe(500);
  expect(counts.some((count) => count > 1)).toBe(true);
  expect(resample(500, createSeededRandom(3))).toEqual(counts);
});

it('gives the middle 95 %, without values that are not finite', () => {
  const values = Array.from({ length: 1001 }, (_, at) => at);
  expect(intervalOf([...values, Number.NaN, Number.POSITIVE_INFINITY])).toEqual({ low: 25, high: 975 });
});

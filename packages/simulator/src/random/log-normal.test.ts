import { expect, it } from 'vitest';
import { createKeyedRandom } from './keyed-random.js';
import { drawLogNormal } from './log-normal.js';

it.each([
  { median: 400, p95: 1_200 },
  { median: 30, p95: 31 },
])('has median $median and 95 % quantile $p95', (spread) => {
  const random = createKeyedRandom('log-normal');
  const values = Array.from({ length: 20_000 }, () => drawLogNormal(spread, random)).sort((a, b) => a - b);
  expect((values[10_000] ?? 0) / spread.median).toBeCloseTo(1, 1);
  expect((values[19_000] ?? 0) / spread.p95).toBeCloseTo(1, 1);
});

it('is constant where median and 95 % quantile are equal', () => {
  const random = createKeyedRandom('constant');
  expect(drawLogNormal({ median: 50, p95: 50 }, random)).toBe(50);
});

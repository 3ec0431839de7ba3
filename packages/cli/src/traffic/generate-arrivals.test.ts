import { createSeededRandom } from '@signalbox/spec';
import { describe, expect, it } from 'vitest';
import { chooseArrivals } from './choose-arrivals.js';
import { generateArrivals } from './generate-arrivals.js';
import { measureLoad } from './measure-load.js';

const take = (seed: number, count: number) =>
  generateArrivals(createSeededRandom(seed)).take(count).toArray();

describe('generateArrivals', () => {
  it('repeats itself for a seed', () => {
    expect(take(3, 200)).toEqual(take(3, 200));
    expect(take(3, 200)).not.toEqual(take(4, 200));
  });

  it('never goes back in time, and keeps to the token range of the trace', () => {
    const arrivals = take(1, 5000);
    for (const [index, { atMs, contextTokens, generatedTokens }] of arrivals.entries()) {
      expect(atMs).toBeGreaterThanOrEqual(arrivals[index - 1]?.atMs ?? 0);
      expect(contextTokens).toBeGreaterThanOrEqual(3);
      expect(contextTokens).toBeLessThanOrEqual(7437);
      expect(generatedTokens).toBeGreaterThanOrEqual(6);
      expect(generatedTokens).toBeLessThanOrEqual(1899);
    }
  });

  it('is bursty, with the median token counts of the trace', () => {
    const arrivals = take(2, 20_000);
    const gaps = arrivals.slice(1).map(({ atMs }, index) => atMs - (arrivals[index]?.atMs ?? 0));
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    const variation = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length) / mean;
    expect(variation).toBeGreaterThan(3); // 13 in the trace; long pauses are cut for the viewer's sake
    const median = (values: number[]) => values.sort((a, b) => a - b)[values.length / 2] ?? 0;
    expect(median(arrivals.map(({ contextTokens }) => contextTokens))).toBeGreaterThan(900);
    expect(median(arrivals.map(({ generatedTokens }) => generatedTokens))).toBeLessThan(22);
  });
});

describe('chooseArrivals', () => {
  it.each([
    ['a number of requests', { requests: 17 }, 17],
    ['a duration', { duration: 1 }, 1],
  ])('stops after %s', async (_what, limit, expected) => {
    const { requests } = await measureLoad(chooseArrivals({ seed: 1, ...limit }));
    expect(requests).toBe(expected);
  });
});

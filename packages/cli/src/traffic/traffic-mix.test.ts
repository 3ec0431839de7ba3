import { describe, expect, it } from 'vitest';
import { drawTrafficRequest } from './traffic-mix.js';

const draw = (count: number, overrideShare: number, seed = 1) =>
  Array.from({ length: count }, (_, index) =>
    drawTrafficRequest({ seed, index, targets: ['a/x', 'b/y'], overrideShare }),
  );

describe('drawTrafficRequest', () => {
  it('gives the same request for the same seed and number, another for another seed', () => {
    expect(draw(100, 0.5)).toEqual(draw(100, 0.5));
    expect(draw(100, 0.5)).not.toEqual(draw(100, 0.5, 2));
  });

  it('names each request once', () => {
    expect(new Set(draw(1000, 0).map(({ key }) => key)).size).toBe(1000);
  });

  it('asks for a target by name as often as it is told', () => {
    expect(draw(1000, 0).filter(({ model }) => model !== null)).toEqual([]);
    const share = draw(10_000, 0.1).filter(({ model }) => model !== null).length / 10_000;
    expect(share).toBeGreaterThan(0.08);
    expect(share).toBeLessThan(0.12);
  });

  it('spreads over users, sources, strategies and both kinds of answer', () => {
    const requests = draw(2000, 0);
    expect(new Set(requests.map(({ userId }) => userId)).size).toBe(40);
    expect(new Set(requests.map(({ source }) => source)).size).toBe(4);
    expect(new Set(requests.map(({ strategy }) => strategy)).size).toBe(4);
    expect(new Set(requests.map(({ stream }) => stream)).size).toBe(2);
  });
});

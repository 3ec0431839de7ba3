import type { Candidate, Policy } from '@signalbox/spec';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderFallbacks } from './order-fallbacks.js';
import { type Ranking, rank } from './rank.js';

const candidate = (target: string, score: number | null): Candidate => ({
  target,
  provider: 'p',
  model: target,
  eligible: score !== null,
  excluded: score === null ? { reason: 'policy', detail: '' } : null,
  score,
  terms: {},
  probability: 0,
  signals: null,
  estimatedCostNanoUsd: null,
  estimatedLatencyMs: null,
});

const ranking = (...targets: readonly string[]): Ranking =>
  rank(targets.map((target, at) => candidate(target, -at)));

const names = (candidates: readonly Candidate[]) => candidates.map(({ target }) => target);

describe('rank', () => {
  it('orders by falling score, keeps the order of equals and leaves out the excluded', () => {
    const candidates = [candidate('a', 1), candidate('b', null), candidate('c', 2), candidate('d', 1)];
    expect(names(rank(candidates))).toEqual(['c', 'a', 'd']);
  });

  it('takes scores within half a thousandth for equal', () => {
    expect(names(rank([candidate('a', 0.3), candidate('b', 0.1 + 0.2)]))).toEqual(['a', 'b']);
    expect(names(rank([candidate('a', 0.3), candidate('b', 0.301)]))).toEqual(['b', 'a']);
  });

  it.each<[string, Partial<Candidate>, Partial<Candidate>]>([
    ['the cheaper', { estimatedCostNanoUsd: 2 }, { estimatedCostNanoUsd: 1 }],
    ['a known cost', { estimatedCostNanoUsd: null }, { estimatedCostNanoUsd: 1 }],
    [
      'at equal cost the faster',
      { estimatedCostNanoUsd: 1, estimatedLatencyMs: 20 },
      { estimatedCostNanoUsd: 1, estimatedLatencyMs: 10 },
    ],
    ['a known latency', { estimatedLatencyMs: null }, { estimatedLatencyMs: 10 }],
  ])('puts %s of equals first', (_, first, second) => {
    const twins = [
      { ...candidate('a', 1), ...first },
      { ...candidate('b', 1), ...second },
    ];
    expect(names(rank(twins))).toEqual(['b', 'a']);
  });

  it('throws when every candidate is excluded', () => {
    expect(() => rank([candidate('a', null)])).toThrow(/No candidate left: 1 excluded: a policy/);
  });
});

describe('orderFallbacks', () => {
  it.each([
    ['follows the ranking', 'a', 3, [], ['b', 'c']],
    ['begins with the best when another was chosen', 'c', 3, [], ['a', 'b']],
    ['is empty for one model', 'a', 1, [], []],
    ['is as long as there are targets', 'a', 10, [], ['b', 'c', 'd']],
    ['follows the chain', 'a', 3, ['d', 'b'], ['d', 'b']],
    ['ends with the chain', 'a', 10, ['d'], ['d']],
    ['passes over the chosen target in the chain', 'd', 3, ['d', 'b', 'c'], ['b', 'c']],
    ['passes over excluded targets in the chain', 'a', 3, ['x', 'c', 'b'], ['c', 'b']],
    ['tries no target of the chain twice', 'a', 5, ['b', 'b', 'c', 'b'], ['b', 'c']],
  ])('%s', (_, selected, maxModels, chain, expected) => {
    expect(orderFallbacks(ranking('a', 'b', 'c', 'd'), selected, { maxModels, chain })).toEqual(expected);
  });

  it('never repeats a target, never the chosen one, and stays within the limit', () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd', 'x', 'y');
    const fallback: fc.Arbitrary<Policy['fallback']> = fc.record({
      maxModels: fc.integer({ min: 1, max: 10 }),
      chain: fc.array(id),
    });
    fc.assert(
      fc.property(fc.constantFrom('a', 'b', 'c', 'd'), fallback, (selected, given) => {
        const fallbacks = orderFallbacks(ranking('a', 'b', 'c', 'd'), selected, given);
        expect(new Set([selected, ...fallbacks]).size).toBe(fallbacks.length + 1);
        expect(fallbacks.length).toBeLessThan(given.maxModels);
        expect(fallbacks.every((target) => 'abcd'.includes(target))).toBe(true);
      }),
    );
  });
});

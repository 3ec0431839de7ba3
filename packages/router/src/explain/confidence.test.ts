import type { Candidate } from '@signalbox/spec';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { confidenceOf } from './confidence.js';

const ranked = (...scores: readonly number[]): Candidate[] =>
  scores.map((score) => ({
    target: 'a/a',
    provider: 'a',
    model: 'a',
    eligible: true,
    excluded: null,
    score,
    terms: {},
    probability: 0,
    signals: null,
    estimatedCostNanoUsd: null,
    estimatedLatencyMs: null,
  }));

it.each([
  ['a single candidate', [0.3], 1],
  ['a tie', [0.3, 0.3], 0.5],
  ['a margin of 0.05', [0.55, 0.5], 0.6792],
  ['a margin of 0.2, whatever comes third', [0.5, 0.3, 0.29], 0.9526],
  ['a wide lead', [1, 0], 1],
])('gives the confidence of %s', (_, scores, expected) => {
  expect(confidenceOf(ranked(...scores))).toBe(expected);
});

it('grows with the margin and stays within one half and one', () => {
  const margin = fc.double({ min: 0, max: 2, noNaN: true });
  fc.assert(
    fc.property(margin, margin, (a, b) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)].map((each) => confidenceOf(ranked(each, 0)));
      expect(low).toBeGreaterThanOrEqual(0.5);
      expect(high).toBeGreaterThanOrEqual(low ?? 1);
      expect(high).toBeLessThanOrEqual(1);
    }),
  );
});

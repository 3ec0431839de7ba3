import { describe, expect, it } from 'vitest';
import { apgr, cpt, rankByScore } from './quality-curve.js';

const GAINS = [1, 0, 0, 1, 0, 0, 0, 0, 0, -1];
const BEST = rankByScore([9, 5, 5, 8, 5, 5, 5, 5, 5, 1]);
const WORST = rankByScore([1, 5, 5, 2, 5, 5, 5, 5, 5, 9]);
const EQUAL = rankByScore(GAINS.map(() => 7));

it('ranks by falling score and keeps equal scores together', () => {
  expect(rankByScore([0.5, 0.9, 0.5, 0])).toEqual([[1], [0, 2], [3]]);
});

describe('apgr', () => {
  it.each([
    ['0.5 when all scores are equal', EQUAL, 0.5],
    // Gains at places 1 and 2, the loss at place 10: 0.95 + 0.85 - 0.05.
    ['the area of a good order', BEST, 1.75],
    ['the area of a bad order', WORST, -0.75],
  ])('is %s', (_, ranking, expected) => {
    expect(apgr(ranking, GAINS)).toBeCloseTo(expected, 12);
  });

  it('counts a prompt as often as it was drawn', () => {
    const ranking = rankByScore([2, 1]);
    expect(apgr(ranking, [1, 0], [1, 3])).toBeCloseTo(apgr(rankByScore([2, 1, 1, 1]), [1, 0, 0, 0]), 12);
  });
});

describe('cpt', () => {
  it.each([
    ['at once where the gain is', BEST, 0.5, 0.05],
    ['at the end of a step', BEST, 1, 0.1],
    ['within equal scores in proportion', EQUAL, 0.8, 0.8],
    ['late in a bad order', WORST, 0.5, 0.95],
  ])('is reached %s', (_, ranking, share, expected) => {
    expect(cpt(ranking, GAINS, share)).toBeCloseTo(expected, 12);
  });
});

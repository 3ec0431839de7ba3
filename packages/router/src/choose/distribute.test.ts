import type { Arm, Candidate, Policy } from '@signalbox/spec';
import { createSeededRandom } from '@signalbox/spec/testing';
import { describe, expect, it } from 'vitest';
import { buildPolicy } from '../__fixtures__/build.js';
import { adaptive } from '../strategies/adaptive.js';
import { balanced } from '../strategies/balanced.js';
import { chooseFreely } from './choose-freely.js';

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

const candidates = (names: string, scores: readonly (number | null)[] = []) =>
  [...names].map((name, at) => candidate(name, scores[at] === undefined ? -at / 10 : scores[at]));

const arm = (name: string, share: number, targets: string, shadow = false): Arm => ({
  name,
  share,
  targets: [...targets],
  shadow,
});

const NEVER = (): number => {
  throw new Error('The choice was left to chance.');
};

type Case = {
  policy?: Partial<Policy>;
  among?: readonly Candidate[];
  draw?: number;
  strategy?: typeof balanced;
};

const choose = ({ policy = {}, among = candidates('abcd'), draw, strategy = balanced }: Case) =>
  chooseFreely(among, {
    policy: buildPolicy([], policy),
    strategy,
    sticky: null,
    takeDraw: draw === undefined ? NEVER : () => draw,
  });

const probabilities = (given: Case) =>
  Object.fromEntries(choose({ draw: 0, ...given }).ranking.map((each) => [each.target, each.probability]));

describe('the distribution', () => {
  it.each<[string, string, Partial<Policy>, Record<string, number>]>([
    ['of a single candidate', 'a', { exploration: 1 }, { a: 1 }],
    ['of exploration at half', 'ab', { exploration: 0.5 }, { a: 0.75, b: 0.25 }],
    ['of exploration by a fifth', 'abcd', { exploration: 0.2 }, { a: 0.85, b: 0.05, c: 0.05, d: 0.05 }],
    ['of nothing but exploration', 'ab', { exploration: 1 }, { a: 0.5, b: 0.5 }],
    ['in whole billionths', 'abc', { exploration: 0.02 }, { a: 0.986666668, b: 0.006666666, c: 0.006666666 }],
    ['of a greedy choice', 'abc', {}, { a: 1, b: 0, c: 0 }],
    ['of a canary', 'abc', { arms: [arm('canary', 0.05, 'c')] }, { a: 0.95, b: 0, c: 0.05 }],
    [
      'of a weighted split',
      'abc',
      { arms: [arm('most', 0.7, 'b'), arm('rest', 0.3, 'c')] },
      { a: 0, b: 0.7, c: 0.3 },
    ],
    [
      'of an arm of several targets, of which the best is taken',
      'abc',
      { arms: [arm('split', 0.4, 'cb')] },
      { a: 0.6, b: 0.4, c: 0 },
    ],
    ['of an arm without an eligible target', 'abc', { arms: [arm('gone', 0.4, 'x')] }, { a: 1, b: 0, c: 0 }],
    [
      'of arms that name all that is eligible',
      'ab',
      { arms: [arm('one', 0.2, 'a'), arm('two', 0.2, 'b')] },
      { a: 0.5, b: 0.5 },
    ],
    ['of arms that name all and take nothing', 'ab', { arms: [arm('off', 0, 'ab')] }, { a: 1, b: 0 }],
    [
      'of exploration beside an arm',
      'abc',
      { exploration: 0.1, arms: [arm('canary', 0.2, 'a')] },
      { a: 0.2, b: 0.76, c: 0.04 },
    ],
    ['of a shadow, which takes nothing', 'ab', { arms: [arm('shadow', 0.5, 'b', true)] }, { a: 1, b: 0 }],
  ])('%s', (_, names, policy, expected) => {
    expect(probabilities({ policy, among: candidates(names) })).toEqual(expected);
  });

  it('follows the scores under softmax', () => {
    const policy = { distribution: { kind: 'softmax', temperature: 0.1 } } as const;
    const among = candidates('abc', [0.5, 0.4, 0.3]);
    // 1, e^-1 and e^-2 over their sum.
    expect(probabilities({ policy, among })).toEqual({ a: 0.665240956, b: 0.244728471, c: 0.090030573 });
  });

  it('is that of the strategy where the strategy has one', () => {
    const strategy = { ...adaptive, chances: () => [1, 2, 1] };
    expect(probabilities({ strategy, among: candidates('abc') })).toEqual({ a: 0.25, b: 0.5, c: 0.25 });
  });
});

describe('the draw', () => {
  it.each<[string, Case]>([
    ['a greedy choice', {}],
    ['a single candidate', { policy: { exploration: 1 }, among: candidates('ab', [1, null]) }],
    ['an arm of everything', { policy: { exploration: 1, arms: [arm('all', 1, 'b')] } }],
  ])('is not taken for %s', (_, given) => {
    expect(choose(given)).toMatchObject({ draw: null, propensity: 1 });
  });

  it.each([
    [0, 'a'],
    [749_999_999, 'a'],
    [750_000_000, 'b'],
    [999_999_999, 'b'],
  ])('of %d billionths takes the stretch that it falls into', (draw, expected) => {
    const given = { policy: { exploration: 0.5 }, among: candidates('ab'), draw };
    expect(choose(given)).toMatchObject({ selected: expected, draw });
  });

  it('names the arm that it falls into, which comes before the ranking', () => {
    const policy = { arms: [arm('canary', 0.05, 'c')] };
    expect(choose({ policy, draw: 49_999_999 })).toMatchObject({
      selected: 'c',
      arm: 'canary',
      explored: true,
    });
    expect(choose({ policy, draw: 50_000_000 })).toMatchObject({ selected: 'a', arm: null, explored: false });
  });

  it('beyond 1 is refused', () => {
    expect(() => choose({ policy: { exploration: 0.5 }, draw: 1e9 })).toThrow(/must be in \[0, 1\)/);
  });

  it.each<[string, Partial<Policy>]>([
    ['exploration', { exploration: 0.4 }],
    [
      'softmax and arms',
      { distribution: { kind: 'softmax', temperature: 0.2 }, arms: [arm('x', 0.3, 'cd')] },
    ],
  ])('takes each candidate as often as its propensity says: %s', (_, policy) => {
    const random = createSeededRandom(7);
    const draws = 40_000;
    const counts = new Map<string, number>();
    for (let n = 0; n < draws; n += 1) {
      const { selected } = choose({ policy, draw: Math.floor(random() * 1e9) });
      counts.set(selected, (counts.get(selected) ?? 0) + 1);
    }
    for (const [target, probability] of Object.entries(probabilities({ policy }))) {
      const deviation = Math.sqrt((probability * (1 - probability)) / draws);
      expect(Math.abs((counts.get(target) ?? 0) / draws - probability)).toBeLessThanOrEqual(5 * deviation);
    }
  });
});

describe('shadows', () => {
  const policy = { arms: [arm('shadow', 0.25, 'ab', true)] };

  it('are called at the share of their arm, never at the chosen target', () => {
    const random = createSeededRandom(3);
    let called = 0;
    for (let n = 0; n < 10_000; n += 1) {
      const { selected, shadows } = choose({ policy, draw: Math.floor(random() * 1e9) });
      expect([selected, ...shadows]).toEqual(shadows.length > 0 ? ['a', 'b'] : ['a']);
      called += shadows.length;
    }
    expect(Math.abs(called / 10_000 - 0.25)).toBeLessThan(0.025);
  });

  it('draw independently of each other and of the choice', () => {
    const both = { exploration: 1, arms: [arm('one', 0.5, 'a', true), arm('two', 0.5, 'b', true)] };
    const random = createSeededRandom(5);
    const counts = new Map<string, number>();
    for (let n = 0; n < 16_000; n += 1) {
      const { selected, shadows } = choose({
        policy: both,
        among: candidates('abcd'),
        draw: Math.floor(random() * 1e9),
      });
      if (selected === 'c') counts.set(shadows.join(), (counts.get(shadows.join()) ?? 0) + 1);
    }
    for (const each of ['', 'a', 'b', 'a,b'])
      expect(Math.abs((counts.get(each) ?? 0) - 1000)).toBeLessThan(150);
  });
});

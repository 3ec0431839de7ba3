import { STRATEGY_NAMES } from '@signalbox/spec';
import { describe, expect, it } from 'vitest';
import { buildPolicy, buildTarget, LARGE, MEDIUM, noRandom, SMALL } from '../__fixtures__/build.js';
import { createRequest } from '../create-request.js';
import { decide } from '../decide.js';
import { STRATEGIES } from './strategies.js';
import { describeStrategy } from './strategy.contract.js';

for (const strategy of Object.values(STRATEGIES)) describeStrategy(strategy);

it.each(STRATEGY_NAMES)('registers %s under its own name', (name) => {
  expect(STRATEGIES[name].name).toBe(name);
});

const FAST = buildTarget('groq/llama', {
  price: { input: 9e9, output: 9e9, cacheRead: null, cacheWrite: null, reasoning: null },
  quality: 0.5,
  latency: { firstChunkMs: 50, tokensPerSecond: 900 },
});
const policy = buildPolicy([MEDIUM, LARGE, SMALL, FAST]);

describe('each strategy picks what it is named for', () => {
  it.each([
    ['cost-optimal', SMALL.id],
    ['performance-optimal', FAST.id],
    ['quality-optimal', LARGE.id],
  ] as const)('%s picks %s', (strategy, expected) => {
    expect(decide(createRequest({ prompt: 'Hello', strategy }), policy, {}, noRandom).selected).toBe(
      expected,
    );
  });
});

describe('balanced', () => {
  const pick = (
    costSensitivity: number,
    speedPreference: number,
    qualityPreference: number,
    prompt = 'Hello',
  ) => {
    const preferences = { costSensitivity, speedPreference, qualityPreference };
    return decide(createRequest({ prompt, preferences }), policy, {}, noRandom);
  };

  it.each([
    ['cost', 1, 0, 0, SMALL.id],
    ['speed', 0, 1, 0, FAST.id],
    ['quality', 0, 0, 1, LARGE.id],
  ])('follows a preference for %s alone', (_, cost, speed, quality, expected) => {
    expect(pick(cost, speed, quality).selected).toBe(expected);
  });

  it('looks at the ratio of the preferences only', () => {
    const terms = (factor: number) => pick(0.4 * factor, 0.2 * factor, 0.8 * factor).candidates[0]?.terms;
    for (const [name, value] of Object.entries(terms(0.5) ?? {}))
      expect(terms(1)?.[name]).toBeCloseTo(value, 12);
  });

  it('leans neither way when nothing is preferred', () => {
    const { candidates } = pick(0, 0, 0);
    expect(Object.keys(candidates[0]?.terms ?? {})).toEqual([
      'cost',
      'latency',
      'quality',
      'reliability-unknown',
    ]);
  });

  it('leaves out what has no weight', () => {
    expect(Object.keys(pick(1, 0, 0).candidates[0]?.terms ?? {})).toEqual(['cost', 'reliability-unknown']);
  });

  it('gives quality more weight on harder prompts', () => {
    const hard =
      'Prove step by step that this distributed algorithm is optimal. It must hold at least under these constraints; justify every edge case in detail. '.repeat(
        12,
      );
    expect(pick(0.5, 0, 0.5, 'Hello').selected).toBe(SMALL.id);
    expect(pick(0.5, 0, 0.5, hard).selected).toBe(LARGE.id);
  });
});

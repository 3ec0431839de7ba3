import { describe, expect, it } from 'vitest';
import { createKeyedRandom } from '../random/keyed-random.js';
import { DEFAULT_MODEL_PROFILE } from './model-profile.js';
import { type PlanAnswerOptions, planAnswer } from './plan-answer.js';

const plan = (key: number, options: Partial<PlanAnswerOptions> = {}) =>
  planAnswer(
    { profile: DEFAULT_MODEL_PROFILE, requestedTokens: null, maxTokens: null, ...options },
    createKeyedRandom('plan', key),
  );

it('is the same for the same draws', () => {
  expect(plan(1)).toEqual(plan(1));
  expect(plan(2)).not.toEqual(plan(1));
});

it('fails with each status as often as the profile says', () => {
  const profile = { ...DEFAULT_MODEL_PROFILE, errorRate: { 429: 0.2, 500: 0.1, 503: 0.05 } };
  const counts = new Map<number | null, number>();
  for (let key = 0; key < 10_000; key++) {
    const { errorStatus } = plan(key, { profile });
    counts.set(errorStatus, (counts.get(errorStatus) ?? 0) + 1);
  }
  expect((counts.get(429) ?? 0) / 10_000).toBeCloseTo(0.2, 1);
  expect((counts.get(500) ?? 0) / 10_000).toBeCloseTo(0.1, 1);
  expect((counts.get(503) ?? 0) / 10_000).toBeCloseTo(0.05, 1);
  expect([...counts.keys()].toSorted()).toEqual([429, 500, 503, null]);
});

it('never fails without an error rate and always with a rate of 1', () => {
  const profile = { ...DEFAULT_MODEL_PROFILE, errorRate: { 429: 0, 500: 1, 503: 0 } };
  for (let key = 0; key < 200; key++) {
    expect(plan(key).errorStatus).toBeNull();
    expect(plan(key, { profile }).errorStatus).toBe(500);
  }
});

it('keeps the token rate within 20 % of the profile', () => {
  for (let key = 0; key < 500; key++) {
    expect(plan(key).tokensPerSecond / DEFAULT_MODEL_PROFILE.tokensPerSecond).toBeGreaterThanOrEqual(0.8);
    expect(plan(key).tokensPerSecond / DEFAULT_MODEL_PROFILE.tokensPerSecond).toBeLessThan(1.2);
  }
});

describe('the length', () => {
  it.each([0, 1, 7, 4_000])('is the %i tokens asked for, whatever the limit', (requestedTokens) => {
    const { completionTokens, finishReason, text } = plan(1, { requestedTokens, maxTokens: 3 });
    expect({ completionTokens, finishReason }).toEqual({
      completionTokens: requestedTokens,
      finishReason: 'stop',
    });
    expect(text).toHaveLength(4 * requestedTokens);
  });

  it('is cut by the limit of the request', () => {
    const free = plan(5);
    const cut = plan(5, { maxTokens: free.completionTokens - 1 });
    const uncut = plan(5, { maxTokens: free.completionTokens });
    expect(cut).toMatchObject({ completionTokens: free.completionTokens - 1, finishReason: 'length' });
    expect(uncut).toEqual(free);
    expect(cut.firstTokenMs).toBe(free.firstTokenMs);
  });

  it('spends the share of reasoning before the visible text', () => {
    const profile = { ...DEFAULT_MODEL_PROFILE, reasoningShare: 0.75 };
    const { completionTokens, reasoningTokens, text } = plan(1, { profile, requestedTokens: 10 });
    expect({ completionTokens, reasoningTokens }).toEqual({ completionTokens: 10, reasoningTokens: 7 });
    expect(text).toHaveLength(4 * 3);
  });

  it('stays within bounds for a profile without any', () => {
    const profile = { ...DEFAULT_MODEL_PROFILE, outputTokens: { median: 900_000, p95: 1e12 } };
    for (let key = 0; key < 20; key++)
      expect(plan(key, { profile }).completionTokens).toBeLessThanOrEqual(1_000_000);
  });
});

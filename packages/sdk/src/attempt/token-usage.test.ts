import { describe, expect, it } from 'vitest';
import { toTokenCount, toTokenUsage, UNKNOWN_USAGE } from './token-usage.js';

describe('toTokenUsage', () => {
  it('takes over totals and subsets', () => {
    expect(
      toTokenUsage({
        inputTokens: { total: 100, noCache: 60, cacheRead: 30, cacheWrite: 10 },
        outputTokens: { total: 50, text: 20, reasoning: 30 },
      }),
    ).toEqual({ input: 100, output: 50, cacheRead: 30, cacheWrite: 10, reasoning: 30 });
  });

  it('keeps what is unknown apart from 0', () => {
    expect(
      toTokenUsage({
        inputTokens: { total: 0, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
        outputTokens: { total: undefined, text: undefined, reasoning: undefined },
      }),
    ).toEqual({ ...UNKNOWN_USAGE, input: 0 });
  });

  it.each([undefined, null, Number.NaN, -1, 1.5, Number.POSITIVE_INFINITY])(
    'takes %s for unknown',
    (count) => {
      expect(toTokenCount(count)).toBeNull();
    },
  );
});

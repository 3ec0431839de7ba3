import type { Price, TokenUsage } from '@signalbox/spec';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { costNanoUsd } from './cost-nano-usd.js';

const usage = (given: Partial<TokenUsage>): TokenUsage => ({
  input: 0,
  output: 0,
  cacheRead: null,
  cacheWrite: null,
  reasoning: null,
  ...given,
});

const price = (given: Partial<Price>): Price => ({
  input: 0,
  output: 0,
  cacheRead: null,
  cacheWrite: null,
  reasoning: null,
  ...given,
});

// 0.25 and 2 USD per million tokens, cached input at a tenth.
const MINI = price({ input: 250_000_000, output: 2_000_000_000, cacheRead: 25_000_000 });

// Twice as dear above 200,000 tokens of input, and again above 400,000.
const TIERED: Price = {
  ...MINI,
  tiers: [
    { ...MINI, aboveInputTokens: 200_000, input: 500_000_000, cacheRead: 50_000_000, output: 4_000_000_000 },
    { ...MINI, aboveInputTokens: 400_000, input: 1_000_000_000, cacheRead: null, output: 8_000_000_000 },
  ],
};

describe('costNanoUsd', () => {
  it.each([
    ['plain tokens', { input: 1000, output: 500 }, MINI, 250_000 + 1_000_000],
    ['no tokens', {}, MINI, 0],
    ['cached tokens at their own price', { input: 1000, cacheRead: 400 }, MINI, 600 * 250 + 400 * 25],
    ['cache writes at the base price where they have none', { input: 1000, cacheWrite: 400 }, MINI, 250_000],
    [
      'cache writes at their own price',
      { input: 10, cacheWrite: 4 },
      price({ input: 1e6, cacheWrite: 2e6 }),
      14,
    ],
    ['reasoning at the base price where it has none', { output: 500, reasoning: 300 }, MINI, 1_000_000],
    ['reasoning at its own price', { output: 10, reasoning: 4 }, price({ output: 1e6, reasoning: 3e6 }), 18],
    ['input at the threshold of a tier by the tier below', { input: 200_000, output: 1 }, TIERED, 50_002_000],
    ['all of a request above a threshold by its tier', { input: 200_001, output: 1 }, TIERED, 100_004_500],
    [
      'cached tokens by the tier of the whole input',
      { input: 300_000, cacheRead: 250_000 },
      TIERED,
      50_000 * 500 + 250_000 * 50,
    ],
    [
      'a request above all thresholds by the last tier',
      { input: 400_001, cacheRead: 1 },
      TIERED,
      400_001_000,
    ],
    ['subsets beyond their whole as told', { input: 10, cacheRead: 30 }, MINI, 750],
    ['half a nano-dollar upwards', { input: 1 }, price({ input: 500_000 }), 1],
    ['less than half a nano-dollar downwards', { input: 1 }, price({ input: 499_999 }), 0],
    ['the sum, not each part', { input: 1, output: 1 }, price({ input: 400_000, output: 400_000 }), 1],
    ['products beyond 2^53', { input: 9_999_999 }, price({ input: 1_000_000_001 }), 9_999_999_010],
  ])('prices %s', (_, tokens, unitPrice, expected) => {
    expect(costNanoUsd(usage(tokens), unitPrice)).toBe(expected);
  });

  it.each([
    ['the price is unknown', usage({}), null],
    ['the input is unknown', usage({ input: null }), MINI],
    ['the output is unknown', usage({ output: null }), MINI],
    ['a count is negative', usage({ input: -1 }), MINI],
    ['a subset is negative', usage({ input: 5, cacheRead: -1 }), MINI],
    ['a count is not a number', usage({ output: Number.NaN }), MINI],
    ['a count is a fraction', usage({ output: 1.5 }), MINI],
    ['a price is a fraction', usage({ input: 1 }), price({ input: 0.5 })],
    ['the result is beyond 2^53', usage({ input: 2 ** 52 }), price({ input: 2 ** 52 })],
  ])('is null when %s', (_, tokens, unitPrice) => {
    expect(costNanoUsd(tokens, unitPrice)).toBeNull();
  });

  it('equals exact arithmetic, rounded half up once', () => {
    const tokens = fc.integer({ min: 0, max: 50_000_000 });
    const unitPrice = fc.integer({ min: 0, max: 1e13 });
    fc.assert(
      fc.property(
        fc.record({ plain: tokens, cacheRead: tokens, cacheWrite: tokens, text: tokens, reasoning: tokens }),
        fc.record({
          input: unitPrice,
          output: unitPrice,
          cacheRead: fc.option(unitPrice),
          cacheWrite: fc.option(unitPrice),
          reasoning: fc.option(unitPrice),
        }),
        (parts, prices) => {
          const spent = {
            input: parts.plain + parts.cacheRead + parts.cacheWrite,
            output: parts.text + parts.reasoning,
            cacheRead: parts.cacheRead,
            cacheWrite: parts.cacheWrite,
            reasoning: parts.reasoning,
          };
          const exact =
            BigInt(parts.plain) * BigInt(prices.input) +
            BigInt(parts.cacheRead) * BigInt(prices.cacheRead ?? prices.input) +
            BigInt(parts.cacheWrite) * BigInt(prices.cacheWrite ?? prices.input) +
            BigInt(parts.text) * BigInt(prices.output) +
            BigInt(parts.reasoning) * BigInt(prices.reasoning ?? prices.output);
          expect(costNanoUsd(spent, prices)).toBe(Number((exact + 500_000n) / 1_000_000n));
        },
      ),
    );
  });
});

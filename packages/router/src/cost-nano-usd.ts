import type { Price, Rates, TokenUsage } from '@signalbox/spec';

const TOKENS_PER_PRICE = 1_000_000;

/**
 * The cost of a call in nano-USD, exact and rounded once at the end (half up). A request whose input, cached tokens
 * included, exceeds the threshold of a tier is priced by that tier as a whole: not only the tokens above it. Cached, cache-written and reasoning
 * tokens are subsets of input and output and take their own price where there is one; a subset that is `null` was not
 * told apart and pays the base price. Subsets larger than their whole are priced as told, the rest as 0 tokens.
 *
 * `null`, not 0, when the price, the input or the output is unknown, when a number is not a non-negative integer, and
 * when the result is beyond 2^53 - 1.
 */
export const costNanoUsd = (usage: TokenUsage, price: Price | null): number | null => {
  const { input, output } = usage;
  if (price === null || input === null || output === null) return null;
  const rates = ratesFor(input, price);
  // What the router asks for every target of every decision: no part is told apart.
  if (usage.cacheRead === null && usage.cacheWrite === null && usage.reasoning === null) {
    const total = input * rates.input + output * rates.output;
    const counts = isCount(input) && isCount(output) && isCount(rates.input) && isCount(rates.output);
    if (counts && total <= Number.MAX_SAFE_INTEGER) return divideHalfUp(total);
  }
  return costOfParts({ ...usage, input, output }, rates);
};

type KnownUsage = TokenUsage & { input: number; output: number };

const costOfParts = ({ input, output, ...usage }: KnownUsage, rates: Rates): number | null => {
  const cacheRead = usage.cacheRead ?? 0;
  const cacheWrite = usage.cacheWrite ?? 0;
  const reasoning = usage.reasoning ?? 0;
  const tokens = [
    Math.max(0, input - cacheRead - cacheWrite),
    cacheRead,
    cacheWrite,
    Math.max(0, output - reasoning),
    reasoning,
  ];
  const prices = [
    rates.input,
    rates.cacheRead ?? rates.input,
    rates.cacheWrite ?? rates.input,
    rates.output,
    rates.reasoning ?? rates.output,
  ];
  if (!isCount(input) || !isCount(output) || !tokens.every(isCount) || !prices.every(isCount)) return null;

  let total = 0;
  for (const [part, count] of tokens.entries()) total += count * (prices[part] ?? 0);
  // Every addend is non-negative, so a product or a sum that lost precision leaves the total above 2^53 - 1.
  return Number.isSafeInteger(total) ? divideHalfUp(total) : sumExactly(tokens, prices);
};

const ratesFor = (input: number, price: Price): Rates =>
  price.tiers?.findLast(({ aboveInputTokens }) => input > aboveInputTokens) ?? price;

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

const divideHalfUp = (total: number): number => {
  const remainder = total % TOKENS_PER_PRICE;
  return (total - remainder) / TOKENS_PER_PRICE + (remainder * 2 >= TOKENS_PER_PRICE ? 1 : 0);
};

const sumExactly = (tokens: readonly number[], prices: readonly number[]): number | null => {
  const half = BigInt(TOKENS_PER_PRICE / 2);
  const total = tokens.reduce((sum, count, part) => sum + BigInt(count) * BigInt(prices[part] ?? 0), half);
  const cost = Number(total / BigInt(TOKENS_PER_PRICE));
  return Number.isSafeInteger(cost) ? cost : null;
};

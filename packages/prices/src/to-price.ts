import type { ModelPrice, TieredPrices } from '@pydantic/genai-prices';
import type { Price, Rates } from '@signalbox/spec';

type CataloguePrice = number | TieredPrices | undefined;

// Billed on every call beside what TokenUsage counts: a cost without them would be too low.
const UNCOUNTED = ['requests_kcount', 'output_citation_mtok'];

// Round-off of a decimal such as 0.0028 times 1e9 is far below half a nano-dollar.
const toNanoUsd = (usd: number): number => Math.round(usd * 1e9);

/** The price of a request with more input tokens than `above`. */
const rateAbove = (price: CataloguePrice, above: number): number | null => {
  if (price === undefined) return null;
  if (typeof price === 'number') return toNanoUsd(price);
  const tiers = price.tiers.toSorted((a, b) => a.start - b.start);
  return toNanoUsd(tiers.findLast(({ start }) => start <= above)?.price ?? price.base);
};

const thresholdsOf = (prices: readonly CataloguePrice[]): number[] => {
  const starts = prices.flatMap((price) =>
    typeof price === 'object' ? price.tiers.map(({ start }) => start) : [],
  );
  return [...new Set(starts)].sort((a, b) => a - b);
};

/**
 * A price of the catalogue (USD per million tokens, each rate with tiers of its own) as ours. `null` when there is no
 * price for input or output, or when a call costs something that is not counted in tokens. Left out, because usage does
 * not tell them apart: audio and images, one-hour cache writes, searches.
 */
export const toPrice = (prices: ModelPrice): Price | null => {
  if (UNCOUNTED.some((key) => prices[key] !== undefined)) return null;
  const ratesAbove = (above: number): Rates | null => {
    const input = rateAbove(prices.input_mtok, above);
    const output = rateAbove(prices.output_mtok, above);
    if (input === null || output === null) return null;
    return {
      input,
      output,
      cacheRead: rateAbove(prices.cache_read_mtok, above),
      cacheWrite: rateAbove(prices.cache_write_mtok, above),
      reasoning: rateAbove(prices.output_reasoning_mtok, above),
    };
  };
  const base = ratesAbove(-1);
  if (base === null) return null;
  const { input_mtok, output_mtok, cache_read_mtok, cache_write_mtok, output_reasoning_mtok } = prices;
  const tiers = thresholdsOf([
    input_mtok,
    output_mtok,
    cache_read_mtok,
    cache_write_mtok,
    output_reasoning_mtok,
  ]).map((aboveInputTokens) => ({ aboveInputTokens, ...(ratesAbove(aboveInputTokens) ?? base) }));
  return tiers.length === 0 ? base : { ...base, tiers };
};

/**
 * Prices as integers: nano-USD (1e-9 USD) per one million tokens, so 0.25 USD per million is 250_000_000.
 * `cacheRead`, `cacheWrite` and `reasoning` price those subsets; `null` means that the base price applies.
 */
export type Rates = {
  input: number;
  output: number;
  cacheRead: number | null;
  cacheWrite: number | null;
  reasoning: number | null;
};

/** The rates of a whole request, output included, whose input tokens (cached ones too) are more than this. */
export type PriceTier = Rates & { aboveInputTokens: number };

/** What a model costs. Of `tiers`, ascending by their threshold, the last that a request exceeds replaces the rates. */
export type Price = Rates & { tiers?: readonly PriceTier[] };

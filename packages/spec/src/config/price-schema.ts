import { z } from 'zod';
import type { Price, Rates } from '../routing/price.js';
import { usdPerMillion } from './usd-per-million.js';

const MAX_TIERS = 20;

const rates = {
  input: usdPerMillion,
  output: usdPerMillion,
  cacheRead: usdPerMillion.optional(),
  cacheWrite: usdPerMillion.optional(),
  reasoning: usdPerMillion.optional(),
};

const tierSchema = z.strictObject({
  aboveInputTokens: z.int().positive().describe('Applies to the whole of a request with more input tokens'),
  ...rates,
});

type RatesConfig = { [Rate in keyof Rates]?: number | undefined } & Pick<Rates, 'input' | 'output'>;

const toRates = ({ input, output, cacheRead, cacheWrite, reasoning }: RatesConfig): Rates => ({
  input,
  output,
  cacheRead: cacheRead ?? null,
  cacheWrite: cacheWrite ?? null,
  reasoning: reasoning ?? null,
});

/** The fields of a price as users write it, in USD per million tokens. */
export const priceFields = {
  ...rates,
  tiers: z
    .array(tierSchema)
    .max(MAX_TIERS)
    .refine(
      (tiers) =>
        tiers.every(
          ({ aboveInputTokens }, index) => aboveInputTokens > (tiers[index - 1]?.aboveInputTokens ?? 0),
        ),
      'must ascend by aboveInputTokens',
    )
    .optional()
    .describe('Other prices for long requests, ascending'),
};

/** The parsed fields as a `Price`. */
export const toPrice = ({
  tiers,
  ...base
}: RatesConfig & { tiers?: z.output<typeof priceFields.tiers> }): Price => ({
  ...toRates(base),
  ...(tiers &&
    tiers.length > 0 && {
      tiers: tiers.map((tier) => ({ aboveInputTokens: tier.aboveInputTokens, ...toRates(tier) })),
    }),
});

/** `price` of a target. */
export const priceSchema = z
  .strictObject(priceFields)
  .describe('Prices. Unset cache and reasoning prices follow the base price.')
  .transform(toPrice);

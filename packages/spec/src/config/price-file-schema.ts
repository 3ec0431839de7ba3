import { z } from 'zod';
import type { Price } from '../routing/price.js';
import type { PricedModel } from '../routing/price-book.js';
import { checkConfig } from './check-config.js';
import { priceFields, toPrice } from './price-schema.js';

/** One entry of a price file. `validFrom` null: since ever. */
export type FilePrice = PricedModel & { validFrom: Date | null; price: Price };

/** A price file, parsed. `version` is `null` when the file names none. */
export type PriceFile = { version: string | null; prices: readonly FilePrice[] };

const entrySchema = z
  .strictObject({
    provider: z.string().min(1).describe('Key of `providers`'),
    model: z.string().min(1).describe('Model name that the provider is asked for'),
    validFrom: z.iso.date().optional().describe('First day (UTC) of this price; default: since ever'),
    ...priceFields,
  })
  .transform(
    ({ provider, model, validFrom, ...price }): FilePrice => ({
      provider,
      model,
      validFrom: validFrom === undefined ? null : new Date(`${validFrom}T00:00:00Z`),
      price: toPrice(price),
    }),
  );

const priceFileSchema = z
  .strictObject({
    version: z.string().min(1).max(100).optional().describe('Default: a hash of the content'),
    prices: z.array(entrySchema).max(10_000),
  })
  .superRefine(({ prices }, context) => {
    const seen = new Set<string>();
    for (const [index, { provider, model, validFrom }] of prices.entries()) {
      const key = JSON.stringify([provider, model, validFrom]);
      if (seen.has(key)) {
        const message = `${provider} ${model} has a price for this time already`;
        context.addIssue({ code: 'custom', path: ['prices', index], message });
      }
      seen.add(key);
    }
  })
  .transform(({ version = null, prices }): PriceFile => ({ version, prices }));

/** Checks the content of a price file; `source` names it in errors. Throws `ConfigInvalidError` with every bad field. */
export const parsePriceFile = (content: unknown, source: string): PriceFile =>
  checkConfig(priceFileSchema, content, source);

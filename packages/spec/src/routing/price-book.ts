import type { Price } from './price.js';

/** A model at a provider, both named as a target names them: the key of `providers`, and what the provider is asked for. */
export type PricedModel = { provider: string; model: string };

/** Where a price came from, the strongest first: the price file, the price of a target, the built-in catalogue. */
export const PRICE_SOURCES = ['override', 'config', 'package'] as const;

/** One of `PRICE_SOURCES`: where the price of a model comes from. */
export type PriceSource = (typeof PRICE_SOURCES)[number];

/** A known price. `version` changes whenever the price may have: a content hash, or the version of the catalogue. */
export type ResolvedPrice = { price: Price; source: PriceSource; version: string };

/** A stretch of time with one price; it ends where the next begins. */
export type PricePeriod = {
  /** `null`: since ever. */
  validFrom: Date | null;
  /** `null`: unknown, which is not free. */
  resolved: ResolvedPrice | null;
};

/** What models cost, and when. Answers from memory, so it may be asked on the request path; must not throw. */
export interface PriceBook {
  /** The models that it was made for. */
  models(): readonly PricedModel[];
  /** The price of a model at a time; `null` when it is unknown. */
  priceOf(model: PricedModel, at: Date): ResolvedPrice | null;
  /** All periods of a model, ascending, the first since ever. A model that it never heard of is unknown since ever. */
  timelineOf(model: PricedModel): readonly PricePeriod[];
}

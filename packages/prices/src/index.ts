// What models cost. A price book answers from three places, the first that knows wins: the price file of the
// configuration, the price of a target, the catalogue of @pydantic/genai-prices.
// Start with create-price-book.ts; the types are in @signalbox/spec (routing/price-book.ts).
export { createPriceBook, type PriceBookOptions } from './create-price-book.js';
export { openPriceBook } from './open-price-book.js';
export { priceTargets } from './price-targets.js';

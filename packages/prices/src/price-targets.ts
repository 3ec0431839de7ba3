import type { PriceBook, Target } from '@signalbox/spec';

/** The targets with the prices of the book at a time, whatever price they had. */
export const priceTargets = (targets: readonly Target[], book: PriceBook, at: Date): Target[] =>
  targets.map((target) => ({ ...target, price: book.priceOf(target, at)?.price ?? null }));

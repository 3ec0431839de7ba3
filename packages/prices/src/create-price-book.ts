import type { PriceBook, PricedModel, PriceFile, PricePeriod, Target } from '@signalbox/spec';
import { catalogueTimeline } from './catalogue-timeline.js';
import { contentVersion } from './content-version.js';
import { overlay, periodAt, UNKNOWN_SINCE_EVER } from './timeline.js';

/** What a price book is made from. */
export type PriceBookOptions = {
  /** Targets of the configuration, with the prices that it gives them. */
  targets: readonly Target[];
  /** Overrides every other price. Default: none. */
  file?: PriceFile | undefined;
  /** Further models to look up, for example those that other instrumentations report. Default: none. */
  models?: readonly PricedModel[] | undefined;
};

const keyOf = ({ provider, model }: PricedModel): string => JSON.stringify([provider, model]);

const fileTimelines = (file: PriceFile): Map<string, PricePeriod[]> => {
  const version = file.version ?? contentVersion(file.prices);
  const timelines = new Map<string, PricePeriod[]>();
  for (const { provider, model, validFrom, price } of file.prices) {
    const key = keyOf({ provider, model });
    const periods = timelines.get(key) ?? [];
    periods.push({ validFrom, resolved: { price, source: 'override', version } });
    timelines.set(key, periods);
  }
  for (const periods of timelines.values())
    periods.sort((a, b) => (a.validFrom?.getTime() ?? 0) - (b.validFrom?.getTime() ?? 0));
  return timelines;
};

const configTimelines = (targets: readonly Target[]): Map<string, PricePeriod[]> =>
  new Map(
    targets.flatMap((target) => {
      const { price } = target;
      if (price === null) return [];
      const resolved = { price, source: 'config', version: contentVersion(price) } as const;
      return [[keyOf(target), [{ validFrom: null, resolved }]]];
    }),
  );

/**
 * A price book over a price file, the prices of targets and the built-in catalogue. Where a file gives a price only
 * from a day on, the next source has the say before it. All is looked up here, once.
 */
export const createPriceBook = ({ targets, file, models: more = [] }: PriceBookOptions): PriceBook => {
  const fromFile = file ? fileTimelines(file) : new Map<string, PricePeriod[]>();
  const fromConfig = configTimelines(targets);
  const named: readonly PricedModel[] = [...targets, ...(file?.prices ?? []), ...more];
  const models = new Map(
    named.map(({ provider, model }) => [keyOf({ provider, model }), { provider, model }]),
  );
  const timelines = new Map(
    [...models].map(([key, model]) => {
      const base = fromConfig.get(key) ?? catalogueTimeline(model) ?? UNKNOWN_SINCE_EVER;
      return [key, overlay(base, fromFile.get(key) ?? [])];
    }),
  );
  const timelineOf = (model: PricedModel): readonly PricePeriod[] =>
    timelines.get(keyOf(model)) ?? UNKNOWN_SINCE_EVER;

  return {
    models: () => [...models.values()],
    timelineOf,
    priceOf: (model, at) => periodAt(timelineOf(model), at).resolved,
  };
};

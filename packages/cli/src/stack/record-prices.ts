import { openPriceBook } from '@signalbox/prices';
import type { ResolvedConfig } from '@signalbox/spec';
import { observedModels, type PriceSync, type Store, syncPrices } from '@signalbox/store';

/**
 * Writes the prices that changed to `model_prices`: those of the targets, of the price file, and of the models that other
 * instrumentations report. Throws what `openPriceBook` throws for a bad price file.
 */
export const recordPrices = async (
  store: Store,
  config: Pick<ResolvedConfig, 'targets' | 'prices'>,
): Promise<PriceSync> => syncPrices(store, openPriceBook(config, await observedModels(store)));

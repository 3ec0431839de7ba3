import { createStore, type Store } from '@signalbox/store';
import { loadConfig } from './load-config.js';

/** Hands the ClickHouse of a configuration to `use`, and closes the connection afterwards. */
export const withConfiguredStore = async <T>(
  file: string | undefined,
  use: (store: Store) => Promise<T>,
): Promise<T> => {
  const { config } = await loadConfig(file);
  const store = createStore(config.clickhouse);
  try {
    return await use(store);
  } finally {
    await store.close();
  }
};

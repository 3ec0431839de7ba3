import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedClickHouse, startEmbeddedClickHouse } from '@signalbox/embedded-clickhouse';
import { createStore, migrate, type Store } from '@signalbox/store';

/** A server and a migrated database in a directory of their own, which is removed whatever happens. */
export const withTemporaryStore = async <T>(
  run: (store: Store, clickhouse: EmbeddedClickHouse) => Promise<T>,
): Promise<T> => {
  const directory = await mkdtemp(join(tmpdir(), 'signalbox-bench-'));
  try {
    const clickhouse = await startEmbeddedClickHouse({ directory });
    const { url, username, password } = clickhouse;
    const store = createStore({ url, username, password, database: 'bench' });
    try {
      await migrate(store);
      return await run(store, clickhouse);
    } finally {
      await store.close();
      await clickhouse.stop();
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};

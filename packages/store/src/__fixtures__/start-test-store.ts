import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@clickhouse/client';
import { startEmbeddedClickHouse } from '@signalbox/embedded-clickhouse';
import { createStore } from '../connection/create-store.js';
import type { Store, StoreOptions } from '../connection/store.js';

/** A real ClickHouse for one test file, with a store on a database of its own, created but not migrated. */
export type TestStore = {
  store: Store;
  login: StoreOptions;
  /** Rows of any SELECT: 64-bit integers as digits, times as Unix seconds. */
  select: (sql: string) => Promise<Record<string, unknown>[]>;
  stop: () => Promise<void>;
};

export async function startTestStore(): Promise<TestStore> {
  const directory = await mkdtemp(join(tmpdir(), 'signalbox-store-'));
  const { url, username, password, stop } = await startEmbeddedClickHouse({ directory });
  const login = { url, username, password, database: `test_${randomUUID().slice(0, 8)}` };
  const store = createStore(login);
  await store.createDatabase();
  const client = createClient({
    ...login,
    clickhouse_settings: {
      output_format_json_quote_64bit_integers: 1,
      date_time_output_format: 'unix_timestamp',
    },
  });
  return {
    store,
    login,
    select: async (query) => (await client.query({ query, format: 'JSONEachRow' })).json(),
    stop: async () => {
      await Promise.all([client.close(), store.close()]);
      await stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

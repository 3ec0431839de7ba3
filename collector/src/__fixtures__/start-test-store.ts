import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedClickHouse } from '@signalbox/embedded-clickhouse';
import { createStore, migrate, type Store, type StoreOptions } from '@signalbox/store';

/** A real ClickHouse with the schema in it, for one test file. */
export type TestStore = {
  readonly store: Store;
  /** For further stores over the same server. */
  readonly login: StoreOptions;
  /** Creates the schema in another database. */
  migrate(database: string): Promise<void>;
  /** Runs SQL in the database of the store and returns the rows; 64-bit integers come as text. */
  read<Row>(sql: string): Promise<Row[]>;
  /** Runs an INSERT with a body in any format. */
  insert(sql: string, body: Uint8Array): Promise<void>;
  stop(): Promise<void>;
};

export const startTestStore = async (): Promise<TestStore> => {
  const directory = mkdtempSync(join(tmpdir(), 'signalbox-collector-'));
  const server = await startEmbeddedClickHouse({ directory });
  const { url, username, password } = server;
  const login = { url, username, password, database: 'collector_test' };
  const store = createStore(login);
  await migrate(store);
  return {
    store,
    login,
    async migrate(database) {
      const other = createStore({ ...login, database });
      await migrate(other);
      await other.close();
    },
    async read(sql) {
      const settings = 'output_format_json_quote_64bit_integers=1&output_format_json_quote_denormals=1&final=1';
      const response = await fetch(`${url}/?database=collector_test&default_format=JSON&${settings}`, {
        method: 'POST',
        headers: { 'x-clickhouse-user': username, 'x-clickhouse-key': password },
        body: sql,
      });
      if (!response.ok) throw new Error(await response.text());
      return ((await response.json()) as { data: never[] }).data;
    },
    async insert(sql, body) {
      const response = await fetch(`${url}/?database=collector_test&query=${encodeURIComponent(sql)}`, {
        method: 'POST',
        headers: { 'x-clickhouse-user': username, 'x-clickhouse-key': password },
        body: new Uint8Array(body),
      });
      if (!response.ok) throw new Error(await response.text());
    },
    async stop() {
      await store.close();
      await server.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};

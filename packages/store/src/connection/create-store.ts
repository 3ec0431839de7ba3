import {
  type ClickHouseClient,
  ClickHouseLogLevel,
  type ClickHouseSettings,
  createClient,
} from '@clickhouse/client';
import { StoreUnavailableError } from '@signalbox/spec';
import { quoteName } from '../access/quote-text.js';
import { decodeRow } from '../queries/decode-row.js';
import { encodeRow } from '../rows/encode-row.js';
import { INSERT_SETTINGS, NEWER_INSERT_SETTINGS } from './insert-settings.js';
import { querySettings } from './query-settings.js';
import { readBytes } from './read-bytes.js';
import { readLines } from './read-lines.js';
import { sessionSettings } from './session-settings.js';
import type { Store, StoreOptions } from './store.js';
import { withDeadline } from './with-deadline.js';
import { withoutLogin } from './without-login.js';

const PING_TIMEOUT_MS = 5_000;
const CALL_TIMEOUT_MS = 30_000;
const COMMAND_TIMEOUT_MS = 600_000;

/** A store over one ClickHouse database. Connects on first use; end it with `close()`. */
export function createStore(options: StoreOptions): Store {
  const { database, cluster, skipUnavailableShards = false } = options;
  const login = { url: withoutLogin(options.url), username: options.username };
  const client = connect(options, database);
  // Only for `createDatabase` and `ping`, which must work before the database exists.
  const systemClient = connect(options, 'system');
  let insertSettings: ClickHouseSettings | undefined;

  return {
    database,
    cluster: cluster ?? null,

    async ping({ timeoutMs = PING_TIMEOUT_MS, signal } = {}) {
      await withDeadline({ login, timeoutMs, signal }, async (abort_signal) => {
        const result = await systemClient.ping({ select: true, abort_signal });
        if (!result.success) throw result.error;
      });
    },

    async insert(table, rows, { timeoutMs = CALL_TIMEOUT_MS, signal } = {}) {
      if (rows.length === 0) return;
      const values = rows.map(encodeRow);
      await withDeadline({ login, timeoutMs, signal }, async (abort_signal) => {
        insertSettings ??= await readInsertSettings(client, abort_signal);
        const { response_headers } = await client.insert({
          table,
          values,
          format: 'JSONEachRow',
          clickhouse_settings: insertSettings,
          abort_signal,
        });
        const code = response_headers['x-clickhouse-exception-code'];
        if (code !== undefined) {
          const reason = `the insert was answered with exception ${code}`;
          throw new StoreUnavailableError({ url: login.url, reason });
        }
      });
    },

    async query(query, params, { timeoutMs = CALL_TIMEOUT_MS, signal } = {}) {
      const query_params = query.bind(params);
      const rows = await withDeadline({ login, timeoutMs, signal }, async (abort_signal) => {
        const result = await client.query({
          query: query.sql,
          query_params,
          format: 'JSONEachRow',
          clickhouse_settings: {
            ...querySettings(query),
            ...(skipUnavailableShards && { skip_unavailable_shards: 1 }),
          },
          abort_signal,
        });
        return result.json<Record<string, unknown>>();
      });
      return rows.map((row) => decodeRow(query, row));
    },

    lines: (...call) => readLines({ client, login }, ...call),

    bytes: (...call) => readBytes({ client, login }, ...call),

    async command(statement, params = {}, { timeoutMs = COMMAND_TIMEOUT_MS, signal } = {}) {
      await withDeadline({ login, timeoutMs, signal }, (abort_signal) =>
        client.command({ query: statement, query_params: { ...params }, abort_signal }),
      );
    },

    async createDatabase({ timeoutMs = CALL_TIMEOUT_MS, signal, everywhere = true } = {}) {
      // A placeholder is not accepted for the name of a cluster.
      const onCluster = cluster !== undefined && everywhere ? ` ON CLUSTER ${quoteName(cluster)}` : '';
      await withDeadline({ login, timeoutMs, signal }, (abort_signal) =>
        systemClient.command({
          query: `CREATE DATABASE IF NOT EXISTS {database:Identifier}${onCluster}`,
          query_params: { database },
          abort_signal,
        }),
      );
    },

    async close() {
      await Promise.all([client.close(), systemClient.close()]);
    },
  };
}

function connect({ url, username, password, cluster }: StoreOptions, database: string): ClickHouseClient {
  return createClient({
    url,
    username,
    password,
    database,
    // `withDeadline` keeps the time; this one only ends sockets that nobody waits for.
    request_timeout: COMMAND_TIMEOUT_MS,
    // The client's own (1.23) forgets a timer when a request is aborted as it begins, and ends another request on that
    // socket 2.5 s later. Node closes idle sockets before the time that ClickHouse names in its answers.
    keep_alive: { idle_socket_ttl: 0 },
    // Rows are handed over as JSON text, by `encodeRow`.
    json: { stringify: (row) => row as string },
    // Errors reach the caller; the client would print them as well.
    log: { level: ClickHouseLogLevel.OFF },
    clickhouse_settings: sessionSettings(cluster),
  });
}

async function readInsertSettings(
  client: ClickHouseClient,
  abort_signal: AbortSignal,
): Promise<ClickHouseSettings> {
  const result = await client.query({
    query: 'SELECT name FROM system.settings WHERE name IN {names:Array(String)}',
    query_params: { names: Object.keys(NEWER_INSERT_SETTINGS) },
    format: 'JSONEachRow',
    abort_signal,
  });
  const known = (await result.json<{ name: string }>()).map(({ name }) => [
    name,
    NEWER_INSERT_SETTINGS[name],
  ]);
  return { ...INSERT_SETTINGS, ...Object.fromEntries(known) };
}

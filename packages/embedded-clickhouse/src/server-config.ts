import type { EmbeddedClickHouseOptions } from './embedded-clickhouse-options.js';
import type { ServerAccount } from './server-accounts.js';
import type { ConfigTree } from './to-xml.js';

const MIB = 1024 ** 2;

/** The macro that holds the `token` of a configuration, so that a server can be asked whose it is. */
export const TOKEN_MACRO = 'embedded_clickhouse_token';

/**
 * Returns the server's main configuration as a tree.
 * `memoryLimitBytes` bounds the whole server, its caches included; `token` is what the server is known by; `admin` is
 * whom the server logs in as at the shards of `cluster`.
 */
export function serverConfig({
  httpPort,
  tcpPort,
  memoryLimitBytes,
  token,
  usersFile,
  logFile,
  cluster,
  admin,
}: {
  httpPort: number;
  tcpPort: number;
  memoryLimitBytes: number;
  token: string;
  usersFile: string;
  logFile: string;
  cluster: EmbeddedClickHouseOptions['cluster'];
  admin: ServerAccount;
}): ConfigTree {
  const cacheBytes = Math.floor(memoryLimitBytes / 16);
  return {
    listen_host: '127.0.0.1',
    http_port: httpPort,
    tcp_port: tcpPort,
    users_config: usersFile,
    timezone: 'UTC',
    macros: { [TOKEN_MACRO]: token },
    logger: { log: logFile, size: `${10 * MIB}`, count: 2 },

    max_server_memory_usage: memoryLimitBytes,
    mark_cache_size: cacheBytes,
    index_mark_cache_size: cacheBytes,
    primary_index_cache_size: cacheBytes,
    vector_similarity_index_cache_size: cacheBytes,
    uncompressed_cache_size: 0,
    max_connections: 1024,
    max_concurrent_queries: 100,
    keep_alive_timeout: 30,
    // The engine takes two threads each, too few to keep up with several tables' merges and refreshes.
    background_pool_size: 4,
    background_schedule_pool_size: 16,

    // Without these two, any user may create a File, URL or Executable table, and no setting can be freed for readers.
    access_control_improvements: {
      table_engines_require_grant: true,
      settings_constraints_replace_previous: true,
    },
    ...(cluster && { remote_servers: { [cluster.name]: { shard: cluster.shards.map(shardOf(admin)) } } }),
    // No section for query_log, trace_log, metric_log, text_log, part_log, ... here: without a section ClickHouse does
    // not create that table, so nothing grows on the disk but the caller's own data.
  };
}

const shardOf =
  ({ name, password }: ServerAccount) =>
  ({ host, port }: { host: string; port: number }): ConfigTree => ({
    replica: { host, port, user: name, password },
  });

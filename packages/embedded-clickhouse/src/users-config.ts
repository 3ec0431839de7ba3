import { createHash } from 'node:crypto';
import type { ServerAccount, ServerAccounts } from './server-accounts.js';
import type { ConfigTree } from './to-xml.js';

/** What storing telemetry takes. Not among it: files, URLs, other databases, and running programs. */
const ADMIN_GRANTS = [
  'GRANT SHOW, SELECT, INSERT, ALTER, DROP, UNDROP TABLE, TRUNCATE, OPTIMIZE, CHECK, KILL QUERY, SYSTEM ON *.*',
  'GRANT CREATE DATABASE, CREATE TABLE, CREATE VIEW, CREATE DICTIONARY, CREATE TEMPORARY TABLE ON *.*',
  'GRANT CREATE FUNCTION, dictGet, INTROSPECTION, CLUSTER ON *.*',
  'GRANT READ, WRITE ON REMOTE', // for `Distributed` and `remote()`
];

const MERGE_TREES = [
  '',
  'Replacing',
  'Aggregating',
  'Summing',
  'Collapsing',
  'VersionedCollapsing',
  'Coalescing',
];
const ADMIN_ENGINES = [
  ...MERGE_TREES.flatMap((kind) => [`${kind}MergeTree`, `Replicated${kind}MergeTree`]),
  ...'Atomic Buffer Dictionary Distributed Join Log Memory Merge Null Set TinyLog'.split(' '),
];

/** What a dashboard shows of the server itself. The lists of databases, tables and columns are open to everyone. */
const READER_SYSTEM_TABLES = ['disks', 'events', 'merges', 'metrics', 'mutations', 'numbers', 'parts'];

const READER_MAX_SECONDS = 30;
const READER_MAX_RESULT_BYTES = 256 * 1024 ** 2;

/** Limits of a reader's query which it may lower. The least value is above 0, which would mean no limit. */
const READER_LIMITS: Readonly<Record<string, { min: number; max: number }>> = {
  max_execution_time: { min: 0.001, max: READER_MAX_SECONDS },
  max_result_bytes: { min: 1, max: READER_MAX_RESULT_BYTES },
};

/** Harmless settings that clients send along: `@clickhouse/client`, Grafana, ClickHouse's own `/play` page. */
const READER_SETTINGS = [
  'add_http_cors_header',
  'date_time_output_format',
  'enable_http_compression',
  'enable_reads_from_query_cache',
  'enable_writes_to_query_cache',
  'extremes',
  'http_response_headers',
  'log_comment',
  'max_block_size',
  'max_result_rows',
  'output_format_json_named_tuples_as_objects',
  'output_format_json_quote_64bit_integers',
  'query_cache_nondeterministic_function_handling',
  'query_cache_system_table_handling',
  'query_cache_ttl',
  'result_overflow_mode',
  'send_progress_in_http_headers',
  'use_query_cache',
];

/**
 * Returns the users' configuration as a tree.
 *
 * The process's own session logs in as `default` from 127.0.0.1 without a password, so `default` has to allow exactly
 * that, and a network filter cannot tell it from any other program of this machine. What can is
 * `max_sessions_for_user`: the process holds the only session for as long as it lives, and a login over HTTP or TCP is
 * refused before any query (code 700). The engine starts one session and opens its ports after that.
 */
export function usersConfig(accounts: ServerAccounts, memoryLimitBytes: number): ConfigTree {
  const { admin, reader, readerDatabases, readerRowFilters } = accounts;
  return {
    profiles: {
      default: {},
      process: { max_sessions_for_user: 1 },
      reader: readerProfile(memoryLimitBytes),
    },
    quotas: { default: {} },
    users: {
      default: {
        password: '',
        networks: { ip: '127.0.0.1' },
        profile: 'process',
        quota: 'default',
        grants: { query: ['GRANT SYSTEM LISTEN, SELECT ON *.*'] }, // SELECT: it also fills dictionaries
      },
      [admin.name]: networkUser(admin, 'default', adminGrants()),
      [reader.name]: {
        ...networkUser(reader, 'reader', readerGrants(readerDatabases)),
        ...rowFilters(readerRowFilters),
      },
    },
  };
}

function networkUser(
  { password }: ServerAccount,
  profile: string,
  grants: readonly string[],
): Record<string, ConfigTree> {
  return {
    password_sha256_hex: createHash('sha256').update(password).digest('hex'),
    networks: { ip: '127.0.0.1' },
    profile,
    quota: 'default',
    grants: { query: grants },
  };
}

function rowFilters(filters: ServerAccounts['readerRowFilters']): Record<string, ConfigTree> {
  const databases = Object.entries(filters).map(([database, tables]) => [
    database,
    Object.fromEntries(Object.entries(tables).map(([table, filter]) => [table, { filter }])),
  ]);
  return databases.length === 0 ? {} : { databases: Object.fromEntries(databases) };
}

function adminGrants(): string[] {
  return [...ADMIN_GRANTS, ...ADMIN_ENGINES.map((engine) => `GRANT TABLE ENGINE ON ${engine}`)];
}

function readerGrants(databases: readonly string[] | null): string[] {
  if (databases !== null) return databases.map((name) => `GRANT SELECT, SHOW, dictGet ON \`${name}\`.*`);
  return [
    'GRANT SELECT, SHOW, dictGet ON *.*',
    'REVOKE SELECT ON system.*',
    ...READER_SYSTEM_TABLES.map((name) => `GRANT SELECT ON system.${name}`),
  ];
}

function readerProfile(memoryLimitBytes: number): ConfigTree {
  const changeable = { changeable_in_readonly: '' };
  return {
    readonly: 1,
    max_execution_time: READER_MAX_SECONDS,
    max_result_bytes: READER_MAX_RESULT_BYTES,
    max_memory_usage: Math.floor(memoryLimitBytes / 4),
    max_concurrent_queries_for_user: 20,
    constraints: {
      ...Object.fromEntries(READER_SETTINGS.map((name) => [name, changeable])),
      ...Object.fromEntries(
        Object.entries(READER_LIMITS).map(([name, range]) => [name, { ...range, ...changeable }]),
      ),
    },
  };
}

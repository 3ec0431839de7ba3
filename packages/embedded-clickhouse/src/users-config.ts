import { createHash } from 'node:crypto';
import type { ServerAccount, ServerAccounts } from './server-accounts.js';
import type { ConfigTree } from './to-xml.js';

/** What stores telemetry needs. Not among them: files, URLs, other machines' databases, and running programs. */
const ADMIN_ENGINES = [
  ...['', 'Replacing', 'Aggregating', 'Summing', 'Collapsing', 'VersionedCollapsing', 'Coalescing'].flatMap(
    (kind) => [`${kind}MergeTree`, `Replicated${kind}MergeTree`],
  ),
  ...[
    'Atomic',
    'Buffer',
    'Dictionary',
    'Distributed',
    'Join',
    'Log',
    'Memory',
    'Merge',
    'Null',
    'Set',
    'TinyLog',
  ],
];

const ADMIN_GRANTS = [
  'GRANT CHECK, SHOW, SELECT, INSERT, ALTER, DROP, UNDROP TABLE, TRUNCATE, OPTIMIZE, KILL QUERY, SYSTEM, dictGet, INTROSPECTION, CLUSTER, CREATE DATABASE, CREATE TABLE, CREATE VIEW, CREATE TEMPORARY TABLE, CREATE FUNCTION ON *.*',
  // `Distributed` and `remote()`. CREATE DICTIONARY is left out: in this engine a dictionary may run a command.
  'GRANT READ, WRITE ON REMOTE',
  ...ADMIN_ENGINES.map((engine) => `GRANT TABLE ENGINE ON ${engine}`),
];

/** Settings that dashboards and ClickHouse's own pages send along with a query. */
const READER_SETTINGS = [
  'add_http_cors_header',
  'date_time_input_format',
  'date_time_output_format',
  'enable_http_compression',
  'extremes',
  'log_comment',
  'max_block_size',
  'max_result_rows',
  'output_format_json_quote_64bit_integers',
  'output_format_json_named_tuples_as_objects',
  'result_overflow_mode',
  'send_progress_in_http_headers',
];

const READER_MAX_SECONDS = 30;

/**
 * Returns the users' configuration as a tree.
 *
 * The process's own session logs in as `default` from 127.0.0.1 without a password, so `default` has to allow exactly
 * that, and a network filter cannot tell it from any other program of this machine. What can is
 * `max_sessions_for_user`: the process holds the only session for as long as it lives, and a login over HTTP or TCP is
 * refused before any query (code 700).
 */
export function usersConfig(accounts: ServerAccounts, memoryLimitBytes: number): ConfigTree {
  const { admin, reader, readerDatabases } = accounts;
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
        grants: { query: ['GRANT SYSTEM LISTEN ON *.*', 'GRANT SELECT ON system.numbers'] },
      },
      [admin.name]: networkUser(admin, 'default', ADMIN_GRANTS),
      [reader.name]: networkUser(reader, 'reader', readerGrants(readerDatabases)),
    },
  };
}

function networkUser({ password }: ServerAccount, profile: string, grants: readonly string[]): ConfigTree {
  return {
    password_sha256_hex: createHash('sha256').update(password).digest('hex'),
    networks: { ip: '127.0.0.1' },
    profile,
    quota: 'default',
    grants: { query: grants },
  };
}

function readerGrants(databases: readonly string[] | null): string[] {
  if (databases !== null) return databases.map((name) => `GRANT SELECT, SHOW, dictGet ON \`${name}\`.*`);
  return ['GRANT SELECT, SHOW, dictGet ON *.*', 'REVOKE SELECT ON system.*'];
}

function readerProfile(memoryLimitBytes: number): ConfigTree {
  return {
    readonly: 1,
    max_execution_time: READER_MAX_SECONDS,
    max_memory_usage: Math.floor(memoryLimitBytes / 4),
    max_result_bytes: 256 * 1024 ** 2,
    max_concurrent_queries_for_user: 20,
    constraints: {
      max_execution_time: { max: READER_MAX_SECONDS, changeable_in_readonly: '' },
      ...Object.fromEntries(READER_SETTINGS.map((name) => [name, { changeable_in_readonly: '' }])),
    },
  };
}

import { createHash } from 'node:crypto';
import { ClickHouseError } from '@clickhouse/client';
import { ReaderRefusedError } from '@signalbox/spec';
import { requireOneNode } from '../connection/require-one-node.js';
import type { Store } from '../connection/store.js';
import { text } from '../queries/decoders.js';
import type { NamedQuery } from '../queries/named-query.js';
import { quoteName, quoteText } from './quote-text.js';
import { tenantRowFilters } from './tenant-row-filters.js';

/** A user who reads the rows of some tenants and nothing else. */
export type TenantReader = {
  username: string;
  password: string;
  /** At least one. Requests that named none have the tenant `''`. */
  tenants: readonly string[];
};

// A reader may lower its limits and not raise them. 0 would mean no limit, so the least value is above it.
const LIMITS = [
  'readonly = 1',
  'max_execution_time = 30 MIN 0.001 MAX 30 CHANGEABLE_IN_READONLY',
  'max_result_bytes = 268435456 MIN 1 MAX 268435456 CHANGEABLE_IN_READONLY',
  'max_memory_usage = 536870912 CONST',
  'max_concurrent_queries_for_user = 20 CONST',
];

// What Grafana and `@clickhouse/client` send along, and harms nobody.
const HARMLESS = [
  'cancel_http_readonly_queries_on_client_close',
  'date_time_output_format',
  'enable_http_compression',
  'log_comment',
  'max_result_rows',
  'output_format_json_quote_64bit_integers',
  'output_format_json_quote_denormals',
  'result_overflow_mode',
  'send_progress_in_http_headers',
  'session_timezone',
  'wait_end_of_query',
];

const REFUSALS: ReadonlySet<string> = new Set([
  '495', // ACCESS_STORAGE_READONLY
  '497', // ACCESS_DENIED
  '514', // ACCESS_STORAGE_FOR_INSERTION_NOT_FOUND
]);

const publicViews: NamedQuery<Record<never, never>, { name: string }> = {
  name: 'publicViews',
  sql: `
    SELECT name FROM system.tables
    WHERE database = currentDatabase() AND engine = 'View'
    ORDER BY name`,
  bind: () => ({}),
  decode: { name: text },
};

/**
 * Creates or replaces a user who sees only rows of its tenants, in tables and views, with limits that it cannot raise.
 * It has no grant for functions that leave the database (`url()`, `file()`, `remote()`, `s3()`), nor for system tables
 * beyond the lists of databases, tables and columns.
 *
 * Needs a user of ClickHouse who may create users and row policies and grant SELECT, and a server that has
 * `settings_constraints_replace_previous` and `users_without_row_policies_can_read_rows` on, as ClickHouse's own
 * configuration has. The embedded server takes no users by SQL; give it `tenantRowFilters` when it starts.
 * @throws RangeError without a tenant, ReaderRefusedError, and ClusterUnsupportedError: shards may be asked as another user
 * than the reader.
 */
export async function createTenantReader(store: Store, reader: TenantReader): Promise<void> {
  requireOneNode(store, 'A tenant reader');
  const views = await store.query(publicViews, {});
  const statements = tenantReaderStatements(reader, {
    database: store.database,
    views: views.map(({ name }) => name),
  });
  try {
    for (const statement of statements) await store.command(statement);
  } catch (cause) {
    if (!(cause instanceof ClickHouseError) || !REFUSALS.has(cause.code)) throw cause;
    const reason = cause.message.split('\n', 1)[0]?.trim() ?? '';
    throw new ReaderRefusedError({ username: reader.username, reason, cause });
  }
}

/** The statements that create a tenant reader. First the user, then what it must not see, last what it may read. */
export function tenantReaderStatements(
  { username, password, tenants }: TenantReader,
  { database, views }: { database: string; views: readonly string[] },
): string[] {
  if (tenants.length === 0) throw new RangeError('A tenant reader needs at least one tenant.');
  const user = quoteName(username);
  const filters = Object.entries(tenantRowFilters(tenants));
  const hash = createHash('sha256').update(password).digest('hex');
  const settings = [...LIMITS, ...HARMLESS.map((name) => `${name} CHANGEABLE_IN_READONLY`)];
  const of = (table: string): string => `${quoteName(database)}.${quoteName(table)}`;
  const readable = filters.filter(([, filter]) => filter !== '0').map(([table]) => table);
  return [
    `CREATE USER OR REPLACE ${user} IDENTIFIED WITH sha256_hash BY ${quoteText(hash)} SETTINGS ${settings.join(', ')}`,
    ...filters.map(
      ([table, filter]) =>
        `CREATE ROW POLICY OR REPLACE ${quoteName(`tenants of ${username}`)} ON ${of(table)} USING ${filter} TO ${user}`,
    ),
    ...[...readable, ...views].map((table) => `GRANT SELECT ON ${of(table)} TO ${user}`),
  ];
}

import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClickHouseClient, ClickHouseError, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { type EmbeddedClickHouse, startEmbeddedClickHouse } from '@signalbox/embedded-clickhouse';
import { ReaderRefusedError } from '@signalbox/spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOG_ROW } from '../__fixtures__/log-row.js';
import { ATTEMPT_ATTRIBUTES, attemptSpan, ROUTE_ATTRIBUTES, routeSpan } from '../__fixtures__/spans.js';
import { createStore } from '../connection/create-store.js';
import type { Store } from '../connection/store.js';
import { migrate } from '../migrations/migrate.js';
import { createTenantReader, tenantReaderStatements } from './create-tenant-reader.js';
import { tenantRowFilters } from './tenant-row-filters.js';

// A tenant that would break out of a carelessly quoted condition.
const TENANT = "o'neil\\ OR 1";
const DATABASE = `test_${randomUUID().slice(0, 8)}`;

let directory: string;
let server: EmbeddedClickHouse;
let owner: Store;
/** As a dashboard connects: a store sends settings that readers may not change. */
let reader: ClickHouseClient;

const spansOf = (tenant: string) => {
  const names = { 'signalbox.tenant': tenant, 'signalbox.decision.id': `decision of ${tenant}` };
  const ids = { TraceId: `trace of ${tenant}` };
  return [
    routeSpan({ ...ids, SpanAttributes: { ...ROUTE_ATTRIBUTES, ...names } }),
    attemptSpan({ ...ids, SpanAttributes: { ...ATTEMPT_ATTRIBUTES, ...names } }),
    routeSpan({ ...ids, SpanId: 'http', ScopeName: 'http', SpanAttributes: {} }),
  ];
};

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'signalbox-store-'));
  server = await startEmbeddedClickHouse({
    directory,
    users: { reader: { databases: [DATABASE], rowFilters: { [DATABASE]: tenantRowFilters([TENANT]) } } },
  });
  const { url, username, password, readonlyUsername, readonlyPassword } = server;
  owner = createStore({ url, username, password, database: DATABASE });
  const login = { username: readonlyUsername, password: readonlyPassword };
  reader = createClient({ url, ...login, database: DATABASE, log: { level: ClickHouseLogLevel.OFF } });
  await migrate(owner);
  await owner.insert('otel_traces', [...spansOf(TENANT), ...spansOf('globex'), ...spansOf('')]);
  await owner.insert('otel_logs', [
    { ...LOG_ROW, LogAttributes: { 'signalbox.tenant': TENANT } },
    { ...LOG_ROW, LogAttributes: { 'signalbox.tenant': 'globex' } },
  ]);
});
afterAll(async () => {
  await Promise.all([owner?.close(), reader?.close()]);
  await server?.stop();
  await rm(directory, { recursive: true, force: true });
});

const seen = async (query: string): Promise<Record<string, unknown>[]> =>
  (await reader.query({ query, format: 'JSONEachRow' })).json();
const stored = async (sql: string) => Array.fromAsync(owner.lines({ name: 'test', sql }, {}));

describe('a tenant reader', () => {
  it.each([
    ['decisions', 1],
    ['decisions_raw', 1],
    ['attempts', 1],
    ['attempts_raw', 1],
    ['otel_traces', 2],
    ['otel_logs', 1],
    ['otel_traces_trace_id_ts', 0],
    ['schema_migrations', 0],
  ])('sees of %s only what is its own', async (table, count) => {
    const rows = await seen(`SELECT * FROM ${table}`);
    expect(rows).toHaveLength(count);
    expect(JSON.stringify(rows)).not.toContain('globex');
    expect((await stored(`SELECT * FROM ${table}`)).length).toBeGreaterThan(count);
  });

  it('sees nothing of others through counts, joins and subqueries', async () => {
    const sql = `
      SELECT toString(count()) AS n FROM attempts
      WHERE trace_id IN (SELECT TraceId FROM otel_traces WHERE SpanAttributes['signalbox.tenant'] != '')
      UNION ALL SELECT toString(count()) FROM merge(currentDatabase(), '^decisions_raw$')`;
    expect(await seen(sql)).toEqual([{ n: '1' }, { n: '1' }]);
  });

  it.each([
    ["SELECT * FROM url('http://127.0.0.1:1/', LineAsString)", '497'],
    ["SELECT * FROM file('/etc/hostname', LineAsString)", '497'],
    ["SELECT * FROM remote('127.0.0.1:1', system.one)", '497'],
    ["SELECT * FROM s3('http://127.0.0.1:1/bucket/key', NOSIGN, 'CSV', 's String')", '497'],
    ['SELECT * FROM system.users', '497'],
    ['SELECT * FROM system.parts', '497'],
    ['SELECT * FROM system.mutations', '497'],
    ['SELECT 1 SETTINGS max_execution_time = 3600', '452'],
    ['SELECT 1 SETTINGS max_memory_usage = 0', '164'],
    ['SELECT 1 SETTINGS readonly = 0', '164'],
    ['TRUNCATE TABLE decisions_raw', '497'],
  ])('is refused: %s', async (sql, code) => {
    const error = await seen(sql).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ClickHouseError);
    expect((error as ClickHouseError).code).toBe(code);
  });

  it('finds the tables and columns that a dashboard offers', async () => {
    expect(await seen('SHOW TABLES')).toContainEqual({ name: 'decisions' });
  });
});

it('is refused on a server that takes no users by SQL, with what it takes', async () => {
  const refused = createTenantReader(owner, { username: 'eve', password: 'secret', tenants: [TENANT] });
  await expect(refused).rejects.toBeInstanceOf(ReaderRefusedError);
  await expect(refused).rejects.toThrow(/the reader "eve": .*CREATE USER.*run one of your own/s);
});

describe('the statements for a tenant reader', () => {
  const statements = tenantReaderStatements(
    { username: 'acme`s', password: 'secret', tenants: [TENANT, 'globex'] },
    { database: 'signal-box', views: ['decisions'] },
  );

  it('are understood by ClickHouse', async () => {
    for (const statement of statements) expect(await stored(`EXPLAIN AST ${statement}`)).not.toEqual([]);
  });

  it('restrict every table before anything may be read', () => {
    const kinds = statements.map((statement) => /^\w+ ?(?:USER|ROW POLICY)?/.exec(statement)?.[0].trim());
    expect(kinds.indexOf('GRANT')).toBeGreaterThan(kinds.lastIndexOf('CREATE ROW POLICY'));
    const granted = statements.flatMap((statement) => /GRANT SELECT ON (\S+)/.exec(statement)?.[1] ?? []);
    const restricted = statements.flatMap(
      (statement) => /POLICY .* ON (\S+) USING/.exec(statement)?.[1] ?? [],
    );
    expect(granted.filter((table) => !restricted.includes(table))).toEqual(['`signal-box`.`decisions`']);
    expect(granted).not.toContain('`signal-box`.`erased`');
  });

  it('do not have the password', () => {
    expect(statements.join()).not.toContain('secret');
  });

  it('need a tenant', () => {
    const reader = { username: 'a', password: 'b', tenants: [] };
    expect(() => tenantReaderStatements(reader, { database: 'd', views: [] })).toThrow(RangeError);
  });
});

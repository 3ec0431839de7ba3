import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { query, queryAsReader } from './__fixtures__/query.js';
import { createDirectory, removeDirectory } from './__fixtures__/temporary-directory.js';
import { type EmbeddedClickHouse, type ServerEvent, startEmbeddedClickHouse } from './index.js';

let server: EmbeddedClickHouse;
const directory = createDirectory();
const events: ServerEvent[] = [];

beforeAll(async () => {
  server = await startEmbeddedClickHouse({ directory, onEvent: (event) => events.push(event) });
  await query(server, 'CREATE DATABASE shop');
  await query(server, 'CREATE TABLE shop.orders (id UInt32) ENGINE = MergeTree ORDER BY id');
  await query(server, 'INSERT INTO shop.orders VALUES (1), (2), (3)');
});

afterAll(async () => {
  await server?.stop();
  removeDirectory(directory);
});

describe('the server', () => {
  it('is ClickHouse, in UTC', async () => {
    const { text } = await query(server, 'SELECT version(), timezone(), currentUser()');
    expect(text).toMatch(/^\d+\.\d+\.\d+\.\d+\tUTC\tsignalbox$/);
  });

  it('tells that it is ready, and with which process', () => {
    expect(events[0]).toMatchObject({ type: 'server-ready', pid: server.pid, restarts: 0 });
  });

  it.each([
    ['/ping', 'Ok.\n'],
    ['/play', '<!DOCTYPE html>'],
  ])('serves %s', async (path, beginning) => {
    const response = await fetch(server.url + path);
    expect(response.status).toBe(200);
    expect((await response.text()).startsWith(beginning)).toBe(true);
  });

  it('speaks the native protocol', async () => {
    const { text } = await query(
      server,
      `SELECT sum(id) FROM remote('127.0.0.1:${server.tcpPort}', shop.orders, '${server.username}', '${server.password}')`,
    );
    expect(text).toBe('6');
  });

  it.each(['httpPort', 'tcpPort'] as const)('listens on 127.0.0.1 alone (%s)', async (port) => {
    await expect(connectTo('127.0.0.1', server[port])).resolves.toBe('connected');
    await expect(connectTo('127.0.0.2', server[port])).resolves.toBe('refused');
  });

  it('keeps no log tables that would grow', async () => {
    const { text } = await query(
      server,
      "SELECT name FROM system.tables WHERE database = 'system' AND has_own_data",
    );
    expect(text).toBe('');
  });

  it('bounds its memory to 2 GiB by default', async () => {
    const sql = "SELECT value FROM system.server_settings WHERE name = 'max_server_memory_usage'";
    expect((await query(server, sql)).text).toBe(String(2 * 1024 ** 3));
  });

  it('does not see the environment of its parent', async () => {
    expect((await query(server, "SELECT file('/proc/self/environ')")).text).not.toContain('HOME=');
  });
});

describe('logging in', () => {
  it.each([
    [
      'Basic authentication',
      (name: string, key: string) => ({ Authorization: `Basic ${btoa(`${name}:${key}`)}` }),
    ],
    [
      'its own headers',
      (name: string, key: string) => ({ 'X-ClickHouse-User': name, 'X-ClickHouse-Key': key }),
    ],
  ])('takes %s', async (_what, headers) => {
    const response = await fetch(`${server.url}/?query=SELECT+currentUser()`, {
      headers: headers(server.username, server.password),
    });
    expect(await response.text()).toBe('signalbox\n');
  });

  it.each([
    ['the owner with a wrong password', 'signalbox', 'wrong', 516],
    ['the owner without a password', 'signalbox', '', 516],
    ['the reader with a wrong password', 'signalbox_reader', 'wrong', 516],
    ['an unknown user', 'nobody', '', 516],
    ['`default`, whose only session is the process’s own', 'default', '', 700],
  ])('is refused to %s', async (_who, user, password, code) => {
    const { status, text } = await query(server, 'SELECT 1', { user, password });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(text).toContain(`Code: ${code}.`);
  });

  it('is refused without credentials, whatever the statement', async () => {
    const response = await fetch(server.url, { method: 'POST', body: 'KILL QUERY WHERE 1' });
    expect(await response.text()).toContain('Code: 700.');
  });
});

describe('the owner', () => {
  it.each([
    ['a replacing table', 'CREATE TABLE shop.r (id UInt32) ENGINE = ReplacingMergeTree ORDER BY id'],
    ['a view', 'CREATE VIEW shop.v AS SELECT id FROM shop.orders'],
    [
      'a materialized view',
      'CREATE MATERIALIZED VIEW shop.mv ENGINE = AggregatingMergeTree ORDER BY tuple() AS SELECT countState() AS n FROM shop.orders',
    ],
    ['a function', 'CREATE FUNCTION shop_twice AS x -> x * 2'],
    [
      'a dictionary over a table',
      "CREATE DICTIONARY shop.d (id UInt64) PRIMARY KEY id SOURCE(CLICKHOUSE(DB 'shop' TABLE 'orders')) LAYOUT(HASHED_ARRAY()) LIFETIME(0)",
    ],
    ['a mutation', 'ALTER TABLE shop.r DELETE WHERE id = 1 SETTINGS mutations_sync = 1'],
  ])('makes %s', async (_what, sql) => {
    expect(await query(server, sql)).toMatchObject({ status: 200 });
  });

  it('reads a dictionary over a table', async () => {
    expect(await query(server, "SELECT dictHas('shop.d', 2), dictHas('shop.d', 9)")).toEqual({
      status: 200,
      text: '1\t0',
    });
  });

  it.each([
    ['the table function file()', "SELECT * FROM file('/etc/hostname', LineAsString)"],
    ['a file behind the default database', 'SELECT * FROM default.`/etc/hostname`'],
    ['a File table', "CREATE TABLE shop.f (s String) ENGINE = File('LineAsString')"],
    ['url()', "SELECT * FROM url('http://127.0.0.1:1/', LineAsString)"],
    ['users', "CREATE USER intruder IDENTIFIED BY 'x'"],
  ])('has no grant for %s', async (_what, sql) => {
    expect((await query(server, sql)).text).toContain('Code: 497.');
  });
});

describe('the reader', () => {
  it('reads tables, and the list of them', async () => {
    expect(await queryAsReader(server, 'SELECT sum(id) FROM shop.orders')).toEqual({
      status: 200,
      text: '6',
    });
    expect((await queryAsReader(server, 'SHOW TABLES FROM shop')).text).toContain('orders');
  });

  it.each([
    ['INSERT INTO shop.orders VALUES (4)', 497],
    ['CREATE TABLE shop.x (id UInt32) ENGINE = Memory', 497],
    ['DROP TABLE shop.orders', 497],
    ['TRUNCATE TABLE shop.orders', 497],
    ['ALTER TABLE shop.orders DELETE WHERE 1', 497],
    ['SYSTEM STOP MERGES shop.orders', 497],
    ["SELECT * FROM file('/etc/hostname', LineAsString)", 497],
    ["SELECT * FROM url('http://127.0.0.1:1/', LineAsString)", 497],
    ["SELECT * FROM remote('127.0.0.1:1', system.one)", 497],
    ["SELECT * FROM mysql('127.0.0.1:1', 'a', 'b', 'c', 'd')", 497],
    ["SELECT * FROM executable('id', TSV, 's String')", 497],
    ['SELECT * FROM system.users', 497],
    ['SET readonly = 0', 164],
    ['SELECT 1 SETTINGS max_memory_usage = 0', 164],
    ['SELECT 1 SETTINGS max_execution_time = 3600', 452],
    ['SELECT 1 SETTINGS max_execution_time = 0', 452],
    ['SELECT 1 SETTINGS max_result_bytes = 0', 452],
  ])('is refused: %s', async (sql, code) => {
    expect((await queryAsReader(server, sql)).text).toContain(`Code: ${code}.`);
  });

  it('may send the settings of the /play page', async () => {
    const settings = {
      add_http_cors_header: '1',
      default_format: 'JSON',
      enable_http_compression: '1',
      use_query_cache: '1',
      enable_reads_from_query_cache: '0',
      enable_writes_to_query_cache: '1',
      query_cache_ttl: '600',
      query_cache_nondeterministic_function_handling: 'save',
      query_cache_system_table_handling: 'ignore',
      extremes: '1',
    };
    expect((await queryAsReader(server, 'SELECT 1', settings)).status).toBe(200);
  });

  it('has its queries cut off in time', async () => {
    const sql = 'SELECT count() FROM system.numbers SETTINGS max_execution_time = 0.2';
    expect((await queryAsReader(server, sql)).text).toContain('Code: 159.');
  });
});

describe.runIf(process.platform === 'linux')('the process', () => {
  it('can open no file but its own, which the grants alone do not prevent', async ({ skip }) => {
    const [ready] = events;
    skip(ready?.type === 'server-ready' && !ready.confined, 'this kernel has no Landlock');
    for (const path of ['/etc/passwd', `${directory}/credentials.json`, import.meta.filename]) {
      expect((await queryAsReader(server, `SELECT file('${path}')`)).text).toContain('Permission denied');
    }
  });

  it('can run no program, not even for a dictionary', async ({ skip }) => {
    const [ready] = events;
    skip(ready?.type === 'server-ready' && !ready.confined, 'this kernel has no Landlock');
    await query(
      server,
      "CREATE DICTIONARY shop.run (id UInt64) PRIMARY KEY id SOURCE(EXECUTABLE(COMMAND 'echo 1' FORMAT TSV)) LAYOUT(FLAT()) LIFETIME(0)",
    );
    expect((await query(server, 'SELECT * FROM shop.run')).text).toContain('Code: 302.');
  });
});

function connectTo(host: string, port: number): Promise<'connected' | 'refused'> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    socket.once('connect', () => resolve('connected'));
    socket.once('error', () => resolve('refused'));
    socket.once('connect', () => socket.destroy());
  });
}

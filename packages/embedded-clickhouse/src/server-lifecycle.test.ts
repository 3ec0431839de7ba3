import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { query } from './__fixtures__/query.js';
import { temporaryDirectory } from './__fixtures__/temporary-directory.js';
import {
  type EmbeddedClickHouse,
  type EmbeddedClickHouseOptions,
  PortTakenError,
  type ServerEvent,
  startEmbeddedClickHouse,
} from './index.js';

const WAIT = { timeout: 20_000, interval: 50 };

it('keeps the data over kill -9 and starts the server again on the same ports', async () => {
  const { server, events } = await start({ directory: temporaryDirectory() });
  await query(server, 'CREATE TABLE t (n UInt64) ENGINE = MergeTree ORDER BY n');
  await query(server, 'INSERT INTO t SELECT number FROM numbers(1000)');
  const { pid, url } = server;

  kill(server);
  await expect.poll(() => events.at(-1), WAIT).toMatchObject({ type: 'server-ready', restarts: 1 });

  expect(events.map(({ type }) => type)).toEqual([
    'server-ready',
    'server-exit',
    'server-restart',
    'server-ready',
  ]);
  expect(events[1]).toMatchObject({ pid, expected: false, signal: 'SIGKILL' });
  expect(events[2]).toMatchObject({ attempt: 1, delayMs: 100 });
  expect(server.url).toBe(url);
  expect(server.pid).not.toBe(pid);
  expect((await query(server, 'SELECT count(), sum(n) FROM t')).text).toBe('1000\t499500');
});

// The engine ends when a connection of the native protocol fails in its first packet, a wrong password included.
it.each([
  ['default', ''],
  ['signalbox', 'wrong'],
])('refuses %s with password %j over the native protocol, and answers soon after', async (user, password) => {
  const { server } = await start({ directory: temporaryDirectory() });
  const sql = `SELECT 'let in' FROM remote('127.0.0.1:${server.tcpPort}', system.one, '${user}', '${password}')`;
  const answer = await query(server, sql).catch((error: unknown) => ({ text: String(error) }));
  expect(answer.text).not.toMatch(/^let in/);
  await expect.poll(() => query(server, 'SELECT 1').then(({ text }) => text, String), WAIT).toBe('1');
});

it('waits twice as long before each restart of a server that keeps crashing', async () => {
  const { server, events } = await start({
    directory: temporaryDirectory(),
    restart: { initialDelayMs: 4, maxDelayMs: 10 },
  });
  for (const restarts of [1, 2, 3]) {
    kill(server);
    await expect.poll(() => events.at(-1), WAIT).toMatchObject({ type: 'server-ready', restarts });
  }
  expect(events.filter(({ type }) => type === 'server-restart')).toEqual([
    { type: 'server-restart', attempt: 1, delayMs: 4 },
    { type: 'server-restart', attempt: 2, delayMs: 8 },
    { type: 'server-restart', attempt: 3, delayMs: 10 },
  ]);
});

it('gives up after as many restarts as allowed, and says why', async () => {
  const blocker = createServer();
  onTestFinished(() => void blocker.close());
  const events: ServerEvent[] = [];
  const { server } = await start({
    directory: temporaryDirectory(),
    restart: { initialDelayMs: 100, maxDelayMs: 100, maxAttempts: 2 },
    onEvent: (event) => {
      events.push(event);
      if (event.type === 'server-exit' && !event.expected) blocker.listen(server.httpPort, '127.0.0.1');
    },
  });

  kill(server);
  await expect.poll(() => events.at(-1)?.type, WAIT).toBe('server-give-up');

  expect(events.filter(({ type }) => type === 'server-restart')).toHaveLength(2);
  expect(events.at(-1)).toMatchObject({ attempts: 2, cause: expect.any(PortTakenError) });
  expect(server.pid).toBeNull();
});

it('stops once, however often it is asked, and leaves no configuration behind', async () => {
  const directory = temporaryDirectory();
  const { server, events } = await start({ directory });
  await Promise.all([server.stop(), server.stop()]);
  await server.stop();
  expect(events.map(({ type }) => type)).toEqual(['server-ready', 'server-exit']);
  expect(events[1]).toMatchObject({ expected: true });
  expect(server.pid).toBeNull();
  await expect(query(server, 'SELECT 1')).rejects.toThrow('fetch failed');
  expect(readdirSync(directory).sort()).toEqual(['credentials.json', 'data', 'log']);
});

it('does not start the server again when stopped between a crash and the restart', async () => {
  const directory = temporaryDirectory();
  const { server, events } = await start({
    directory,
    restart: { initialDelayMs: 60_000, maxDelayMs: 60_000 },
  });
  kill(server);
  await expect.poll(() => events.at(-1)?.type, WAIT).toBe('server-restart');
  await server.stop();
  expect(events.at(-1)?.type).toBe('server-restart');
  await start({ directory }); // the directory is free
});

it.each([
  ['is being started', () => Promise.resolve()],
  [
    'begins to answer',
    (url: string) => expect.poll(() => isAnswering(url), { ...WAIT, interval: 1 }).toBe(true),
  ],
])('ends a server that %s again when stopped', async (_when, reached) => {
  const directory = temporaryDirectory();
  const { server, events } = await start({ directory, restart: { initialDelayMs: 0 } });
  kill(server);
  await expect.poll(() => events.at(-1)?.type, { ...WAIT, interval: 1 }).toBe('server-restart');
  await reached(server.url);
  await server.stop();
  expect(await isAnswering(server.url)).toBe(false);
  await start({ directory });
});

it('ends with its parent, even by kill -9', async () => {
  const directory = temporaryDirectory();
  const parent = spawn(process.execPath, [join(import.meta.dirname, '__fixtures__/parent.js'), directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void parent.kill('SIGKILL'));
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  const { url } = JSON.parse(line.toString()) as { url: string };
  expect(await isAnswering(url)).toBe(true);

  parent.kill('SIGKILL');
  await expect.poll(() => isAnswering(url), WAIT).toBe(false);
  await start({ directory }); // takes over the directory, and what the parent left in it
  expect(readdirSync(directory).filter((name) => name.startsWith('run-'))).toHaveLength(1);
});

it('runs side by side with another server', async () => {
  const [one, two] = await Promise.all([
    start({ directory: temporaryDirectory() }),
    start({ directory: temporaryDirectory() }),
  ]);
  await query(one.server, 'CREATE TABLE only_in_one (n UInt8) ENGINE = Memory');
  expect((await query(one.server, 'EXISTS only_in_one')).text).toBe('1');
  expect((await query(two.server, 'EXISTS only_in_one')).text).toBe('0');
  expect(two.server.password).not.toBe(one.server.password);
});

it('keeps generated passwords in a file that only its user can read, and uses them again', async () => {
  const directory = temporaryDirectory();
  const { server: first } = await start({ directory });
  await first.stop();
  const file = first.credentialsFile;
  expect(file).toBe(join(directory, 'credentials.json'));
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(join(directory, 'data')).mode & 0o777).toBe(0o700);
  expect(readFileSync(file, 'utf8')).toContain(first.password);

  const { server: second } = await start({ directory });
  expect(second.password).toBe(first.password);
  expect(second.readonlyPassword).toBe(first.readonlyPassword);
  expect((await query(second, 'SELECT 1')).text).toBe('1');
});

it('uses the names, passwords, databases, ports and memory that are given', async () => {
  const ports = await start({ directory: temporaryDirectory() }).then(async ({ server }) => {
    await server.stop();
    return { httpPort: server.httpPort, tcpPort: server.tcpPort };
  });
  const directory = temporaryDirectory();
  const { server } = await start({
    directory,
    ...ports,
    memoryLimitBytes: 1024 ** 3,
    users: {
      admin: { name: 'owner', password: 'p<&>"wörd' },
      reader: { name: 'viewer', password: 'viewer-password', databases: ['shown'] },
    },
  });
  expect(server).toMatchObject({ ...ports, username: 'owner', readonlyUsername: 'viewer' });
  const limit = "SELECT value FROM system.server_settings WHERE name = 'max_server_memory_usage'";
  const asOwner = { user: 'owner', password: 'p<&>"wörd' };
  expect((await query(server, limit, asOwner)).text).toBe(String(1024 ** 3));
  expect(readFileSync(join(directory, 'credentials.json'), 'utf8')).not.toContain('viewer-password');

  for (const database of ['shown', 'hidden']) {
    await query(server, `CREATE DATABASE ${database}`, asOwner);
    await query(server, `CREATE TABLE ${database}.t ENGINE = Memory AS SELECT 7 AS n`, asOwner);
  }
  const asViewer = { user: 'viewer', password: 'viewer-password' };
  expect((await query(server, 'SELECT n FROM shown.t', asViewer)).text).toBe('7');
  expect((await query(server, 'SELECT n FROM hidden.t', asViewer)).text).toContain('Code: 497.');
});

it('shows the reader only the rows that meet its filters, through views too', async () => {
  const rowFilters = { shop: { orders: "tenant IN ('a', '<&>') AND n < 9" } };
  const { server } = await start({ directory: temporaryDirectory(), users: { reader: { rowFilters } } });
  await query(server, 'CREATE DATABASE shop');
  await query(server, 'CREATE TABLE shop.orders (tenant String, n UInt8) ENGINE = MergeTree ORDER BY n');
  await query(server, 'CREATE VIEW shop.v AS SELECT n FROM shop.orders');
  await query(server, "INSERT INTO shop.orders VALUES ('a', 1), ('<&>', 2), ('b', 3), ('a', 9)");
  const asReader = { user: server.readonlyUsername, password: server.readonlyPassword };
  expect((await query(server, 'SELECT sum(n) FROM shop.v', asReader)).text).toBe('3');
  expect((await query(server, 'SELECT sum(n) FROM shop.v')).text).toBe('15');
});

it('refuses a row filter for a name that is none', async () => {
  const rowFilters = { shop: { 'orders><filter>1': '0' } };
  const started = start({ directory: temporaryDirectory(), users: { reader: { rowFilters } } });
  await expect(started).rejects.toThrow(/users\.reader\.rowFilters/);
});

async function start(
  options: EmbeddedClickHouseOptions,
): Promise<{ server: EmbeddedClickHouse; events: ServerEvent[] }> {
  const events: ServerEvent[] = [];
  const server = await startEmbeddedClickHouse({ onEvent: (event) => events.push(event), ...options });
  onTestFinished(() => server.stop());
  return { server, events };
}

function kill({ pid }: EmbeddedClickHouse): void {
  if (pid === null) throw new Error('There is no process to kill.');
  process.kill(pid, 'SIGKILL');
}

async function isAnswering(url: string): Promise<boolean> {
  return fetch(`${url}/ping`).then(
    (response) => response.ok,
    () => false,
  );
}

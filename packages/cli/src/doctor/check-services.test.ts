import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedClickHouse } from '@signalbox/embedded-clickhouse';
import { parseConfig, type SignalboxConfig } from '@signalbox/spec';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkClickHouse } from './check-services.js';

let directory: string;
let server: Awaited<ReturnType<typeof startEmbeddedClickHouse>>;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'signalbox-doctor-'));
  server = await startEmbeddedClickHouse({ directory });
});
afterAll(async () => {
  await server?.stop();
  await rm(directory, { recursive: true, force: true });
});

const check = (clickhouse: SignalboxConfig['clickhouse']) =>
  checkClickHouse(parseConfig({ clickhouse }, 'the test'));

it('warns of a server that does not answer', async () => {
  const finding = await check({ url: 'http://127.0.0.1:9' });
  expect(finding).toMatchObject({ status: 'warn', message: expect.stringContaining('ECONNREFUSED') });
});

it('fails where the login is refused, and names the user', async () => {
  const finding = await check({ url: server.url, username: 'ada', password: 'wrong' });
  expect(finding.message).toContain('the login as "ada" was refused');
  expect(finding.status).toBe('fail');
});

it('counts the migrations that a server lacks', async () => {
  const { url, username, password } = server;
  const finding = await check({ url, username, password });
  expect(finding).toMatchObject({ status: 'warn', message: expect.stringMatching(/lacks \d+ migrations/) });
});

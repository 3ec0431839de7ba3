import { join } from 'node:path';
import { startEmbeddedClickHouse } from '@signalbox/embedded-clickhouse';
import { createStore, migrate } from '@signalbox/store';
import { expect, it, onTestFinished } from 'vitest';
import { runSignalbox, temporaryFolder } from './signalbox-process.js';

it('says what it takes to make a reader where ClickHouse takes no users by SQL', async () => {
  const cwd = await temporaryFolder();
  const server = await startEmbeddedClickHouse({ directory: join(cwd, 'clickhouse') });
  onTestFinished(server.stop);
  const { url, username, password } = server;
  const store = createStore({ url, username, password, database: 'signalbox' });
  onTestFinished(() => store.close());
  await migrate(store);
  const environment = {
    SIGNALBOX_CLICKHOUSE_URL: url,
    SIGNALBOX_CLICKHOUSE_USERNAME: username,
    SIGNALBOX_CLICKHOUSE_PASSWORD: password,
  };
  const { code, stderr } = await runSignalbox(['reader', 'create', '--tenant', 'acme'], { cwd, environment });
  expect(code).toBe(1);
  expect(stderr).toMatch(/refused to make the reader "reader_acme": .*access_management/s);
  expect(stderr).not.toContain('sha256');
});

it.each([
  ['no tenant', ['reader', 'create']],
  ['an empty tenant', ['reader', 'create', '--tenant', '']],
])('refuses to make a reader of %s', async (_what, args) => {
  const { code, stderr } = await runSignalbox(args, { cwd: await temporaryFolder() });
  expect(code).toBe(2);
  expect(stderr).toMatch(/^error: /);
});

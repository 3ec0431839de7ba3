import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type EmbeddedClickHouse, startEmbeddedClickHouse } from '@signalbox/embedded-clickhouse';
import { createStore, migrate, type Store, type TraceRow, toDateTime64 } from '@signalbox/store';
import { expect, it, onTestFinished } from 'vitest';
import { runSignalbox, temporaryFolder } from './signalbox-process.js';

const EMPTY = {
  ParentSpanId: '',
  TraceState: '',
  StatusMessage: '',
  ScopeVersion: '',
  ResourceAttributes: {},
};
const LISTS = {
  'Events.Timestamp': [],
  'Events.Name': [],
  'Events.Attributes': [],
  'Links.TraceId': [],
  'Links.SpanId': [],
  'Links.TraceState': [],
  'Links.Attributes': [],
};

const routeSpan = (user: string, number: number): TraceRow => ({
  ...EMPTY,
  ...LISTS,
  Timestamp: toDateTime64(BigInt(Date.now() - 60_000) * 1_000_000n),
  TraceId: `trace-${number}`,
  SpanId: `span-${number}`,
  SpanName: 'route default',
  SpanKind: 'Internal',
  ServiceName: 'test',
  ScopeName: 'signalbox',
  SpanAttributes: {
    'signalbox.decision.id': `decision-${number}`,
    'signalbox.decision.sequence': String(number),
    'signalbox.tenant': 'acme',
    'user.id': user,
  },
  Duration: 9_007_199_254_740_993n,
  StatusCode: 'Unset',
});

type Setup = { folder: string; store: Store; run: (...args: string[]) => ReturnType<typeof runSignalbox> };

const setUp = async (): Promise<Setup> => {
  const folder = await temporaryFolder();
  const server: EmbeddedClickHouse = await startEmbeddedClickHouse({ directory: join(folder, 'clickhouse') });
  onTestFinished(server.stop);
  const { url, username, password } = server;
  const store = createStore({ url, username, password, database: 'signalbox' });
  onTestFinished(() => store.close());
  await migrate(store);
  await store.insert('otel_traces', [routeSpan('ann', 1), routeSpan('bob', 2)]);
  const environment = {
    SIGNALBOX_CLICKHOUSE_URL: url,
    SIGNALBOX_CLICKHOUSE_USERNAME: username,
    SIGNALBOX_CLICKHOUSE_PASSWORD: password,
  };
  return { folder, store, run: (...args) => runSignalbox(args, { cwd: folder, environment }) };
};

it('exports and erases a user, and answers that nothing is held for everyone else', async () => {
  const { folder, store, run } = await setUp();

  const exported = await run('export', '--user', 'ann');
  expect(exported.code, exported.stderr).toBe(0);
  const rows = exported.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(rows.map(({ table }) => table)).toContain('decisions_raw');
  expect(exported.stdout).toContain('"9007199254740993"');
  expect(exported.stdout).not.toContain('bob');

  const file = join(folder, 'ann.jsonl');
  expect((await run('export', '--user', 'ann', '--out', file)).code).toBe(0);
  expect(await readFile(file, 'utf8')).toBe(exported.stdout);
  expect((await stat(file)).mode & 0o777).toBe(0o600);

  const preview = await run('erase', '--user', 'ann');
  expect(preview).toMatchObject({ code: 0, stdout: expect.stringContaining('Nothing is deleted yet') });
  expect((await run('export', '--user', 'ann')).stdout).toBe(exported.stdout);

  const erased = await run('erase', '--user', 'ann', '--yes', '--json', '--by', 'ticket 7');
  expect(erased.code, erased.stderr).toBe(0);
  expect(JSON.parse(erased.stdout).tables).toContainEqual({
    table: 'decisions_raw',
    rowsBefore: 1,
    rowsAfter: 0,
  });

  const gone = await run('export', '--user', 'ann', '--out', join(folder, 'none.jsonl'));
  expect(gone).toMatchObject({ code: 3, stderr: 'Nothing held.\n' });
  await expect(stat(join(folder, 'none.jsonl'))).rejects.toThrow(/ENOENT/);
  expect(await run('erase', '--user', 'ann', '--yes')).toMatchObject({ code: 3, stdout: 'Nothing held.\n' });
  expect((await run('export', '--user', 'bob')).code).toBe(0);

  await store.insert('otel_traces', [routeSpan('ann', 1)]);
  const swept = await run('erase', '--sweep', '--json');
  expect(JSON.parse(swept.stdout)).toMatchObject({ subjects: 1 });
  expect((await run('export', '--user', 'ann')).code).toBe(3);
});

it.each([
  ['nobody', ['erase']],
  ['both', ['export', '--user', 'ann', '--tenant', 'acme']],
  ['an empty id', ['erase', '--user', '', '--yes']],
  ['a user and a sweep', ['erase', '--user', 'ann', '--sweep']],
])('refuses to act on %s', async (_what, args) => {
  const { code, stderr } = await runSignalbox(args, { cwd: await temporaryFolder() });
  expect(code).toBe(2);
  expect(stderr).toMatch(/^error: /);
});

import { ClickHouseError } from '@clickhouse/client';
import { StoreUnavailableError } from '@signalbox/spec';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { routeSpan } from '../__fixtures__/spans.js';
import { startTestStore, type TestStore } from '../__fixtures__/start-test-store.js';
import { migrate } from '../migrations/migrate.js';
import { createStore } from './create-store.js';
import { INSERT_SETTINGS, NEWER_INSERT_SETTINGS } from './insert-settings.js';

let test: TestStore;

beforeAll(async () => {
  test = await startTestStore();
  await test.store.ping();
  await migrate(test.store);
});
afterAll(() => test?.stop());

it.each([
  ['a wrong password', { password: 'wrong' }, '516'],
  ['an unknown user', { username: 'nobody' }, '516'],
  ['a user that is allowed no session', { username: 'default', password: '' }, '700'],
])('answers %s with a refused login that names the user', async (_what, wrong, code) => {
  const login = { ...test.login, ...wrong };
  const store = createStore(login);
  const error = await store.ping().catch((reason) => reason);
  expect(error).toBeInstanceOf(StoreUnavailableError);
  expect(error).toMatchObject({ loginRefused: true, cause: { code } });
  expect(error.message).toContain(`the login as "${login.username}" was refused`);
  await expect(store.insert('otel_traces', [routeSpan()])).rejects.toMatchObject({ loginRefused: true });
  await store.close();
});

it('answers a closed port with StoreUnavailableError', async () => {
  const store = createStore({ ...test.login, url: 'http://127.0.0.1:1' });
  const error = await store.ping().catch((reason) => reason);
  expect(error).toBeInstanceOf(StoreUnavailableError);
  expect(error.loginRefused).toBe(false);
  expect(error.message).toMatch(/^ClickHouse at http:\/\/127\.0\.0\.1:1 is not available: .*ECONNREFUSED/);
  await expect(store.insert('otel_traces', []), 'nothing to send').resolves.toBeUndefined();
  await store.close();
});

it('fails with StoreUnavailableError at the deadline', async () => {
  const late = test.store.command('SELECT sleep(3)', {}, { timeoutMs: 50 });
  await expect(late).rejects.toThrow(/no answer within 50 ms/);
});

it('rejects with the reason of an aborted signal', async () => {
  const controller = new AbortController();
  const reason = new Error('shutting down');
  const aborted = test.store.command('SELECT sleep(3)', {}, { signal: controller.signal });
  controller.abort(reason);
  await expect(aborted).rejects.toBe(reason);
  await expect(test.store.ping({ signal: controller.signal })).rejects.toBe(reason);
});

it('keeps what ClickHouse answers as a ClickHouseError', async () => {
  const error = await test.store.command('SELECT nonsense').catch((reason) => reason);
  expect(error).toBeInstanceOf(ClickHouseError);
  expect(error.code).toBe('47');
});

it.each([
  ['a column that the table lacks', { Nonsense: 1 }, '117'],
  ['a lone surrogate', { StatusMessage: '\ud800' }, '25'],
  ['a negative integer', { Duration: '-1' }, '72'],
  ['a time that is not one', { Timestamp: 'yesterday' }, '27'],
])('refuses %s and stores nothing of the block', async (why, bad, code) => {
  const marked = { SpanName: why };
  const block = [routeSpan(marked), routeSpan({ ...marked, ...(bad as object) })];
  const error = await test.store.insert('otel_traces', block).catch((reason) => reason);
  expect(error).toBeInstanceOf(ClickHouseError);
  expect(error.code).toBe(code);
  const [stored] = await test.select(`SELECT count() AS rows FROM otel_traces WHERE SpanName = '${why}'`);
  expect(stored).toEqual({ rows: '0' });
});

it('refuses a bigint out of range before anything is sent', async () => {
  const row = routeSpan({ Duration: -1n });
  await expect(test.store.insert('otel_traces', [row])).rejects.toThrow(
    new RangeError('Duration: -1 is not a UInt64.'),
  );
});

it('inserts with every setting pinned', async () => {
  const pinned = { ...INSERT_SETTINGS, ...NEWER_INSERT_SETTINGS };
  const names = Object.keys(pinned).filter((name) => name !== 'input_format_allow_errors_ratio');
  const seen = names.map((name) => `toString(getSetting('${name}'))`).join(', ');
  await test.store.command(`ALTER TABLE otel_traces ADD COLUMN settings Array(String) DEFAULT [${seen}]`);
  await test.store.insert('otel_traces', [routeSpan({ SpanName: 'pinned' })]);
  const [stored] = await test.select("SELECT settings FROM otel_traces WHERE SpanName = 'pinned'");
  // Switches are numbers to the client and booleans to ClickHouse; the ratio is neither.
  const expected = names.map((name) =>
    typeof pinned[name] === 'number' ? pinned[name] === 1 : pinned[name],
  );
  expect(stored).toEqual({ settings: expected.map(String) });
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DrainStore, type StoredTable, startDrainStore } from './__fixtures__/start-drain-store.js';
import { createClickHouseHttp } from './clickhouse-http.js';
import { runSelfTest } from './self-test.js';

let store: DrainStore;
let table: StoredTable;

beforeAll(async () => {
  store = await startDrainStore();
  table = await store.database('selftest');
});
afterAll(() => store?.stop());

const test = async (login: object) => {
  const clickhouse = createClickHouseHttp({ ...table.login, ...login });
  const result = await runSelfTest(clickhouse);
  clickhouse.close();
  return result;
};

it('passes here, and leaves no table', async () => {
  expect(await test({})).toEqual({ status: 'passed', reason: '' });
  const left =
    "SELECT count() AS a FROM system.tables WHERE database = 'selftest' AND name LIKE '%selftest%'";
  expect(await table.one(left)).toBe('0');
});

it('fails where the user may not make tables', async () => {
  const { status, reason } = await test(store.readerLogin);
  expect(status).toBe('failed');
  expect(reason).toMatch(/code (164|497)/);
});

it('says that a server which does not answer was not tested', async () => {
  expect(await test({ url: 'http://127.0.0.1:1' })).toMatchObject({ status: 'unreachable' });
});

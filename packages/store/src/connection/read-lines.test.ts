import { ClickHouseError } from '@clickhouse/client';
import { StoreUnavailableError } from '@signalbox/spec';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestStore, type TestStore } from '../__fixtures__/start-test-store.js';

let test: TestStore;

beforeAll(async () => {
  test = await startTestStore();
});
afterAll(() => test?.stop());

const lines = (sql: string, options?: { timeoutMs?: number; signal?: AbortSignal }) =>
  test.store.lines({ name: 'test', sql }, {}, options);

it('yields rows with integers, times and NaN exact', async () => {
  const sql = `SELECT toUInt64(18446744073709551615) AS n, toDateTime64('2026-11-21 01:02:03.123456789', 9) AS t, nan AS x`;
  expect(await Array.fromAsync(lines(sql))).toEqual([
    '{"n":"18446744073709551615","t":"2026-11-21T01:02:03.123456789Z","x":"nan"}',
  ]);
});

it('yields more rows than a named query may have', async () => {
  let count = 0;
  for await (const _line of lines('SELECT number FROM numbers(300000)')) count += 1;
  expect(count).toBe(300_000);
});

it('rejects when the query fails after its first rows', async () => {
  const rows: string[] = [];
  const read = async () => {
    const sql = 'SELECT throwIf(number = 200000) AS n FROM numbers(300000) SETTINGS max_block_size = 1000';
    for await (const line of lines(sql)) rows.push(line);
  };
  await expect(read()).rejects.toThrow(ClickHouseError);
  expect(rows.length).toBeGreaterThan(0);
});

it('ends at its deadline, and with the reason of a signal', async () => {
  const endless = 'SELECT number FROM system.numbers';
  const read = async (options: { timeoutMs?: number; signal?: AbortSignal }) => {
    for await (const _line of lines(endless, options));
  };
  await expect(read({ timeoutMs: 200 })).rejects.toThrow(StoreUnavailableError);
  const reason = new Error('shutting down');
  const controller = new AbortController();
  const reading = read({ signal: controller.signal });
  controller.abort(reason);
  await expect(reading).rejects.toBe(reason);
});

it('can be left before the end', async () => {
  for await (const line of lines('SELECT number FROM system.numbers')) {
    expect(line).toBe('{"number":"0"}');
    break;
  }
  await test.store.ping();
});

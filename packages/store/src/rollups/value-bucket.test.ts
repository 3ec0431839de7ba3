import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestStore, type TestStore } from '../__fixtures__/start-test-store.js';
import { migrate } from '../migrations/migrate.js';
import { RELATIVE_ERROR, valueBucketSql } from './value-bucket.js';

let test: TestStore;
beforeAll(async () => {
  test = await startTestStore();
  await migrate(test.store);
});
afterAll(() => test?.stop());

it('shows each value at most 1 % from what it was', async () => {
  // Values of every size, next to powers of ten, from a nanosecond to the longest span.
  await test.store.command(`
    INSERT INTO rollup_1m_raw (tenant, bucket, route, requests, latency_sum_ns, latency_ms)
    SELECT 'values', now(), toString(number), 1, toUInt64(pow(10, number / 100)) AS ns,
           map(${valueBucketSql('ns / 1e6')}, 1)
    FROM numbers(1920)`);
  const [found] = await test.select(`
    SELECT count() AS rows, max(abs(latency_ms[1] - latency_sum_ns / 1e6) / (latency_sum_ns / 1e6)) AS worst
    FROM rollup_1m WHERE tenant = 'values'`);
  expect(found?.rows).toBe('1920');
  expect(found?.worst).toBeGreaterThan(RELATIVE_ERROR * 0.9);
  expect(found?.worst).toBeLessThanOrEqual(RELATIVE_ERROR * (1 + 1e-9));
});

it.each([0, 5e-324])('shows %d as nothing', async (value) => {
  const bucket = valueBucketSql(`toFloat64(${value})`);
  await test.store.command(
    `INSERT INTO rollup_1m_raw (tenant, bucket, requests, latency_ms) SELECT '${value}', now(), 1, map(${bucket}, 1)`,
  );
  const [row] = await test.select(`SELECT latency_ms[1] AS value FROM rollup_1m WHERE tenant = '${value}'`);
  expect(row?.value).toBeCloseTo(0, 200);
});

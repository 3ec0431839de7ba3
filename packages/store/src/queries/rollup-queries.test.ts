import { afterAll, beforeAll, expect, it } from 'vitest';
import { SAMPLE, sampleSpan } from '../__fixtures__/sample-decision.js';
import { startTestStore, type TestStore } from '../__fixtures__/start-test-store.js';
import { HOUR, RANGE, START, USAGE } from '../__fixtures__/usage-decisions.js';
import { migrate } from '../migrations/migrate.js';
import { refreshRollups } from '../rollups/refresh-rollups.js';
import { dataFreshness } from './data-freshness.js';
import { errorsByType } from './errors-by-type.js';
import { latencyHeatMap } from './latency-heat-map.js';
import { type SpendOverTimeParams, spendOverTime } from './spend-over-time.js';
import { ALL_TENANTS } from './tenant-scope.js';
import { trafficSummary } from './traffic-summary.js';
import { usageByStrategy } from './usage-by-strategy.js';
import { usageByTask } from './usage-by-task.js';
import { usageByTenant } from './usage-by-tenant.js';
import { usagePatterns } from './usage-patterns.js';

let test: TestStore;
beforeAll(async () => {
  test = await startTestStore();
  await migrate(test.store);
  await test.store.insert('otel_traces', USAGE.map(sampleSpan));
  await test.store.insert('otel_traces', USAGE.map(sampleSpan));
  await refreshRollups(test.store);
});
afterAll(() => test?.stop());

const bucket = (hours: number) => new Date(START + hours * HOUR).toISOString().replace('.000', '');

it.each([
  ['a model', { model: 'large' }, 1],
  ['a provider', { provider: 'maker of small' }, 3],
  ['a route', { route: 'code' }, 4],
  ['a model on a route', { model: 'large', route: 'code' }, 1],
  ['a route that there is none of', { route: "' OR 1 = 1 --" }, 0],
])('sums up only the requests of %s', async (_, filter, requests) => {
  const [summary] = await test.store.query(trafficSummary, { ...RANGE, ...filter });
  expect(summary?.requests).toBe(requests);
});

it('sums up what each strategy decided, and how often it explored', async () => {
  const rows = await test.store.query(usageByStrategy, RANGE);
  expect(rows).toMatchObject([{ strategy: 'balanced', requests: 5, explored: 1, overrides: 1 }]);
});

it('sums up what each model was used for, by task', async () => {
  const rows = await test.store.query(usageByTask, RANGE);
  expect(rows.map((row) => [row.taskType, row.taskComplexity, row.model, row.requests])).toEqual([
    ['coding', 'simple', 'small', 3],
    ['coding', 'simple', 'large', 1],
    ['coding', 'simple', null, 1],
  ]);
});

it('sums up what each tenant used, of those that are asked for', async () => {
  const all = await test.store.query(usageByTenant, { ...RANGE, tenant: ALL_TENANTS });
  expect(all.map(({ tenant, costNanoUsd }) => [tenant, costNanoUsd])).toEqual([
    ['acme', 4000],
    ['other', 5_000_000],
  ]);
  const own = await test.store.query(usageByTenant, RANGE);
  expect(own.map(({ tenant }) => tenant)).toEqual(['acme']);
});

it('splits spend over time by model', async () => {
  const rows = await test.store.query(spendOverTime, { ...RANGE, step: '1h', by: 'model' });
  expect(rows).toEqual([
    { bucket: bucket(0), name: 'small', requests: 2, costNanoUsd: 2000, costUnknown: 0 },
    { bucket: bucket(1), name: 'large', requests: 1, costNanoUsd: 1000, costUnknown: 0 },
    { bucket: bucket(2), name: 'small', requests: 1, costNanoUsd: null, costUnknown: 1 },
    { bucket: bucket(2), name: null, requests: 1, costNanoUsd: 1000, costUnknown: 0 },
  ]);
});

it.each([
  ['provider', ['maker of large', 'maker of small', null]],
  ['route', ['code', null]],
  ['strategy', ['balanced']],
  ['taskType', ['coding']],
  ['tenant', ['acme']],
] as const)('splits spend by %s', async (by, names) => {
  const rows = await test.store.query(spendOverTime, { ...RANGE, by });
  expect(new Set(rows.map(({ name }) => name))).toEqual(new Set(names));
});

it('refuses to split spend by anything else', async () => {
  const params = { ...RANGE, by: 'toString' } as unknown as SpendOverTimeParams;
  await expect(test.store.query(spendOverTime, params)).rejects.toThrow(/cannot be split by toString/);
});

it('maps how long requests took over time', async () => {
  const cells = await test.store.query(latencyHeatMap, { ...RANGE, step: '1h' });
  expect(cells.map((cell) => [cell.bucket, cell.requests])).toEqual([
    [bucket(0), 1],
    [bucket(0), 1],
    [bucket(1), 1],
    [bucket(2), 2],
  ]);
  for (const [index, latency] of [250, 750, 250, 250].entries()) {
    expect(cells[index]?.fromMs).toBeLessThanOrEqual(latency);
    expect(cells[index]?.toMs).toBeGreaterThan(latency);
  }
  expect((cells[0]?.toMs ?? 0) / (cells[0]?.fromMs ?? 0)).toBeCloseTo(Math.SQRT2, 9);
});

it('counts errors by type, model and time', async () => {
  expect(await test.store.query(errorsByType, { ...RANGE, step: '1h' })).toEqual([
    { bucket: bucket(2), errorType: 'timeout', model: 'small', requests: 1 },
  ]);
});

it('tells the hours of the week apart', async () => {
  const rows = await test.store.query(usagePatterns, RANGE);
  const hourOf = (hours: number) => {
    const time = new Date(START + hours * HOUR);
    return { dayOfWeek: time.getUTCDay() || 7, hour: time.getUTCHours() };
  };
  const expected = [
    { ...hourOf(0), requests: 2 },
    { ...hourOf(1), requests: 1 },
    { ...hourOf(2), requests: 2 },
  ].sort((a, b) => a.dayOfWeek - b.dayOfWeek || a.hour - b.hour);
  expect(rows).toMatchObject(expected);
});

it('tells how far what is stored reaches', async () => {
  await test.store.insert('otel_traces', [sampleSpan({ ...SAMPLE, id: 'new', time: Date.now() })]);
  const [found] = await test.store.query(dataFreshness, { tenant: 'acme' });
  expect(found).toMatchObject({ decisions24h: 1, malformed24h: 0 });
  expect(Date.parse(found?.newestInsert ?? '')).toBeGreaterThan(Date.parse(found?.rollupsUntil ?? ''));
  await refreshRollups(test.store);
  const [refreshed] = await test.store.query(dataFreshness, { tenant: 'acme' });
  expect(Date.parse(refreshed?.rollupsUntil ?? '')).toBeGreaterThanOrEqual(
    Date.parse(found?.newestInsert ?? ''),
  );
});

it('knows of no data for a tenant that has none', async () => {
  const [found] = await test.store.query(dataFreshness, { tenant: 'nobody' });
  expect(found).toMatchObject({ newestDecision: null, newestInsert: null, decisions24h: 0 });
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { sampleSpan } from '../__fixtures__/sample-decision.js';
import { startTestStore, type TestStore } from '../__fixtures__/start-test-store.js';
import { HOUR, RANGE, START, USAGE } from '../__fixtures__/usage-decisions.js';
import { migrate } from '../migrations/migrate.js';
import { refreshRollups } from '../rollups/refresh-rollups.js';
import { bindRollupRange } from './rollup-range.js';
import { ALL_TENANTS } from './tenant-scope.js';
import { timeline } from './timeline.js';
import { trafficSummary } from './traffic-summary.js';
import { usageByModel } from './usage-by-model.js';
import { usageByRoute } from './usage-by-route.js';

let test: TestStore;
beforeAll(async () => {
  test = await startTestStore();
  await migrate(test.store);
  await test.store.insert('otel_traces', USAGE.map(sampleSpan));
  await test.store.insert('otel_traces', USAGE.map(sampleSpan));
  await refreshRollups(test.store);
});
afterAll(() => test?.stop());

/** Within 1 % of this. */
const about = (value: number) => ({
  asymmetricMatch: (found: unknown) => Math.abs(Number(found) - value) <= value * 0.010_000_001,
});

it('sums up what each model was used for', async () => {
  const rows = await test.store.query(usageByModel, RANGE);
  expect(rows.map(({ model, provider, requests }) => [model, provider, requests])).toEqual([
    ['small', 'maker of small', 3],
    ['large', 'maker of large', 1],
    [null, null, 1],
  ]);
  expect(rows[0]).toEqual({
    model: 'small',
    provider: 'maker of small',
    requests: 3,
    succeeded: 2,
    failed: 1,
    cancelled: 0,
    overrides: 1,
    explored: 0,
    fallbacks: 0,
    attempts: 3,
    retried: 0,
    cacheHits: 0,
    cacheMisses: 3,
    coalesced: 0,
    tokensInput: 200,
    tokensOutput: 20,
    tokensCacheRead: 0,
    costNanoUsd: 2000,
    costUnknown: 1,
    latencyMeanMs: expect.closeTo(1250 / 3, 6),
    latencyP50Ms: about(250),
    latencyP95Ms: about(750),
    latencyP99Ms: about(750),
    timeToFirstChunkP95Ms: about(20),
    decideMeanUs: 40,
    decideP95Us: about(40),
    confidenceMean: expect.closeTo(0.775, 9),
    confidence0To50: 0,
    confidence50To70: 1,
    confidence70To90: 0,
    confidence90To100: 1,
  });
});

it('sums up everything, of each tenant and of all', async () => {
  const [summary] = await test.store.query(trafficSummary, RANGE);
  expect(summary).toMatchObject({ requests: 5, succeeded: 3, failed: 1, cancelled: 1, costNanoUsd: 4000 });
  const [all] = await test.store.query(trafficSummary, { ...RANGE, tenant: ALL_TENANTS });
  expect(all).toMatchObject({ requests: 6, costNanoUsd: 5_004_000, costUnknown: 1 });
});

it('knows nothing where nothing was routed', async () => {
  const [summary] = await test.store.query(trafficSummary, { ...RANGE, tenant: "' OR 1 = 1 --" });
  expect(summary).toMatchObject({ requests: 0, tokensInput: null, costNanoUsd: null, latencyP95Ms: null });
});

it('sums up what each route was used for, with the models that served it', async () => {
  const rows = await test.store.query(usageByRoute, RANGE);
  expect(rows.map(({ route, models, requests }) => [route, models, requests])).toEqual([
    ['code', ['large', 'small'], 4],
    [null, [], 1],
  ]);
  expect(rows[0]).toMatchObject({ fallbacks: 1, cacheHits: 1, explored: 1 });
  expect(rows[1]).toMatchObject({
    tokensInput: null,
    costNanoUsd: null,
    timeToFirstChunkP95Ms: null,
    decideP95Us: null,
    confidenceMean: null,
    latencyMeanMs: 250,
  });
});

it.each([
  ['1m', [2, 1, 2]],
  ['1h', [2, 1, 2]],
  ['1w', [6]],
] as const)('draws the requests over time in buckets of %s', async (step, requests) => {
  const rows = await test.store.query(timeline, { ...RANGE, step });
  // A week may end between two of the decisions.
  const found =
    step === '1w' ? [rows.reduce((sum, row) => sum + row.requests, 0)] : rows.map((r) => r.requests);
  expect(found).toEqual(requests);
  if (step === '1h') expect(rows[0]?.bucket).toBe(new Date(START).toISOString().replace('.000', ''));
});

it.each([
  [6, 'rollup_1m'],
  [7, 'rollup_1h'],
  [7 * 24, 'rollup_1h'],
  [7 * 24 + 1, 'rollup_1d'],
])('reads for %i hours the %s', (hours, rollup) => {
  const to = new Date(START + hours * HOUR);
  expect(bindRollupRange({ ...RANGE, to }).rollup).toBe(rollup);
});

it('counts a bucket whole that overlaps the range', () => {
  const range = { ...RANGE, from: new Date(START + 1), to: new Date(START + HOUR + 1) };
  expect(bindRollupRange({ ...range, step: '1h' })).toMatchObject({
    from: new Date(START),
    to: new Date(START + 2 * HOUR),
  });
});

it('refuses an empty range', async () => {
  await expect(test.store.query(timeline, { ...RANGE, to: RANGE.from })).rejects.toThrow(RangeError);
});

it('knows nothing of a tenant without requests', async () => {
  expect(await test.store.query(usageByModel, { ...RANGE, tenant: "' OR 1 = 1 --" })).toEqual([]);
});

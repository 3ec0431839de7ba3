import { afterAll, beforeAll, expect, it } from 'vitest';
import { RUN } from '../__fixtures__/request-spans.js';
import { SAMPLE, sampleSpan } from '../__fixtures__/sample-decision.js';
import { NOW_NANO, ROUTE_ATTRIBUTES } from '../__fixtures__/spans.js';
import { startTestStore, type TestStore } from '../__fixtures__/start-test-store.js';
import { migrate } from '../migrations/migrate.js';
import { decisionById } from './decision-by-id.js';
import { recentDecisions } from './recent-decisions.js';
import { ALL_TENANTS } from './tenant-scope.js';

/** When the decision of this number began. */
const at = (sequence: number) => new Date(Number(NOW_NANO / 1_000_000n) + sequence * 1000);

let test: TestStore;
beforeAll(async () => {
  test = await startTestStore();
  await migrate(test.store);
  await test.store.insert('otel_traces', RUN);
  await test.store.insert('otel_traces', RUN);
});
afterAll(() => test?.stop());

it('lists the newest decisions first', async () => {
  const recent = await test.store.query(recentDecisions, {
    limit: 2,
    serviceInstanceId: 'run',
    tenant: ALL_TENANTS,
  });
  expect(recent.map(({ decisionId }) => decisionId)).toEqual(['run-4', 'run-3']);
  expect(recent[1]).toMatchObject({
    latencyMs: 500,
    tenant: '',
    attempts: 2,
    costNanoUsd: 650_000,
    taskType: 'coding',
  });
  const ofTenant = await test.store.query(recentDecisions, {
    limit: 9,
    serviceInstanceId: 'run',
    tenant: 'acme',
  });
  expect(ofTenant.map(({ decisionId }) => decisionId)).toEqual(['run-4', 'run-2', 'run-1']);
});

it.each([
  ['a time', { from: at(2), to: at(4) }, [3, 2]],
  ['a model', { model: 'gpt-5-mini' }, [4, 3, 2, 1]],
  ['a route', { route: 'none' }, []],
  ['a user', { userId: 'user-7' }, [4, 3, 2, 1]],
  ['another user', { userId: "' OR 1 = 1 --" }, []],
  ['an outcome', { outcome: 'failed' }, [4]],
])('lists the decisions of %s', async (_, filter, sequences) => {
  const found = await test.store.query(recentDecisions, { tenant: ALL_TENANTS, limit: 9, ...filter });
  expect(found.map(({ decisionId }) => decisionId)).toEqual(sequences.map((sequence) => `run-${sequence}`));
});

it.each([
  ['one tenant', 'acme'],
  ['all tenants', ALL_TENANTS],
] as const)(
  'pages through the decisions of %s, each once, however often they were sent',
  async (_, tenant) => {
    const time = Date.now() - 7_200_000;
    // Some begin at the same moment.
    const many = Array.from({ length: 23 }, (_, i) => ({
      ...SAMPLE,
      id: `p-${i}`,
      time: time + Math.floor(i / 3),
    }));
    for (let i = 0; i < 17; i += 1) await test.store.insert('otel_traces', many.map(sampleSpan));
    const pages: string[][] = [];
    let after: { timestamp: string; decisionId: string } | undefined;
    do {
      const range = { from: new Date(time), to: new Date(time + 1000) };
      const page = await test.store.query(recentDecisions, {
        tenant,
        limit: 5,
        ...range,
        ...(after && { after }),
      });
      pages.push(page.map(({ decisionId }) => decisionId));
      after = page.at(-1);
    } while (after && pages.length < 10);
    expect(pages.map((page) => page.length)).toEqual([5, 5, 5, 5, 3, 0]);
    const expected = many.toSorted((a, b) => b.time - a.time || (a.id < b.id ? 1 : -1)).map(({ id }) => id);
    expect(pages.flat()).toEqual(expected);
  },
);

it('refuses a page after a time that is not one', async () => {
  const after = { timestamp: 'yesterday', decisionId: '' };
  await expect(test.store.query(recentDecisions, { tenant: ALL_TENANTS, limit: 1, after })).rejects.toThrow(
    /yesterday is not the timestamp of a decision/,
  );
});

it.each([0, 1001, 1.5])('refuses to list %d decisions', async (limit) => {
  await expect(test.store.query(recentDecisions, { limit, tenant: ALL_TENANTS })).rejects.toThrow(RangeError);
});

it('finds a decision by its id, for its tenant only', async () => {
  const [decision] = await test.store.query(decisionById, { decisionId: 'run-2', tenant: 'acme' });
  expect(decision).toMatchObject({
    decisionId: 'run-2',
    decisionSequence: 2,
    durationNs: 300_000_000,
    routePatterns: ['function', 'type"script'],
    override: true,
    explored: false,
    confidence: 0.125,
    costNanoUsd: 650_000,
    candidates: JSON.parse(ROUTE_ATTRIBUTES['signalbox.candidates'] ?? ''),
    timeToFirstChunkMs: 310.25,
  });
  expect(Object.values(decision ?? {})).not.toContain(null);
  expect(await test.store.query(decisionById, { decisionId: 'run-2', tenant: 'other' })).toEqual([]);
});

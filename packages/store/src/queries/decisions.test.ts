import { afterAll, beforeAll, expect, it } from 'vitest';
import { RUN } from '../__fixtures__/request-spans.js';
import { ROUTE_ATTRIBUTES } from '../__fixtures__/spans.js';
import { startTestStore, type TestStore } from '../__fixtures__/start-test-store.js';
import { migrate } from '../migrations/migrate.js';
import { decisionById } from './decision-by-id.js';
import { recentDecisions } from './recent-decisions.js';
import { ALL_TENANTS } from './tenant-scope.js';

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

import { afterAll, beforeAll, expect, it } from 'vitest';
import { RUN, requestSpans, UNKNOWN } from '../__fixtures__/request-spans.js';
import { NOW_NANO } from '../__fixtures__/spans.js';
import { startTestStore, type TestStore } from '../__fixtures__/start-test-store.js';
import { migrate } from '../migrations/migrate.js';
import { reconcileRun } from './reconcile-run.js';
import type { RunSince } from './run-of-tenant.js';
import { runSummary } from './run-summary.js';
import { runTargets } from './run-targets.js';
import { ALL_TENANTS } from './tenant-scope.js';

const OF_RUN: RunSince = {
  tenant: ALL_TENANTS,
  serviceInstanceId: 'run',
  since: new Date(Number(NOW_NANO / 1_000_000n)),
};

let test: TestStore;
beforeAll(async () => {
  test = await startTestStore();
  await migrate(test.store);
  await test.store.insert('otel_traces', RUN);
  await test.store.insert('otel_traces', RUN);
});
afterAll(() => test?.stop());

it('sums up a run', async () => {
  const [summary] = await test.store.query(runSummary, OF_RUN);
  expect(summary).toEqual({
    requests: 4,
    succeeded: 3,
    failed: 1,
    cancelled: 0,
    fallbacks: 1,
    tokensInput: 3000,
    tokensOutput: 600,
    costNanoUsd: 1_950_000,
    costUnknown: 1,
    latencyP50Ms: 300,
    latencyP95Ms: 500,
    lastTimestamp: `${new Date(Number(NOW_NANO / 1_000_000n) + 4000).toISOString().slice(0, -1)}000000Z`,
  });
});

it.each([
  ['a tenant', { tenant: 'acme' }, 3],
  ['the time since', { since: new Date(Number(NOW_NANO / 1_000_000n) + 3000) }, 2],
  ['a tenant that has none', { tenant: "' OR 1 = 1 --" }, 0],
])('sums up what a run did for %s', async (_, filter, requests) => {
  const [summary] = await test.store.query(runSummary, { ...OF_RUN, ...filter });
  expect(summary?.requests).toBe(requests);
});

it('knows nothing of a run that left nothing', async () => {
  const [summary] = await test.store.query(runSummary, { ...OF_RUN, serviceInstanceId: 'absent' });
  expect(summary).toMatchObject({
    requests: 0,
    tokensInput: null,
    costNanoUsd: null,
    costUnknown: 0,
    latencyP50Ms: null,
    lastTimestamp: null,
  });
  expect(await test.store.query(runTargets, { ...OF_RUN, serviceInstanceId: 'absent' })).toEqual([]);
});

it('sums up what each target served', async () => {
  const targets = await test.store.query(runTargets, OF_RUN);
  const latency = { latencyP50Ms: expect.any(Number), latencyP95Ms: expect.any(Number) };
  const known = { successRate: 1, tokensInput: 1000, tokensOutput: 200, costNanoUsd: 650_000, ...latency };
  expect(targets).toEqual([
    {
      ...known,
      target: 'openai/gpt-5-mini',
      requests: 2,
      share: 0.5,
      tokensInput: 2000,
      tokensOutput: 400,
      costNanoUsd: 1_300_000,
    },
    { ...known, target: 'anthropic/claude-opus', requests: 1, share: 0.25 },
    {
      ...known,
      target: null,
      requests: 1,
      share: 0.25,
      successRate: 0,
      tokensInput: null,
      tokensOutput: null,
      costNanoUsd: null,
    },
  ]);
});

it('reconciles a run whose spans all arrived, some again', async () => {
  const [run] = await test.store.query(reconcileRun, { serviceInstanceId: 'run', tenant: ALL_TENANTS });
  expect(run).toEqual({
    rawDecisions: expect.any(Number),
    distinctDecisions: 4,
    viewDecisions: 4,
    tokensInput: 3000,
    tokensOutput: 600,
    costNanoUsd: 1_950_000,
    routeSpanRows: expect.any(Number),
    distinctRouteSpans: 4,
    attemptSpanRows: expect.any(Number),
    distinctAttemptSpans: 5,
    decisionsWithoutAttempt: 0,
    sequenceMin: 1,
    sequenceMax: 4,
    sequenceGaps: 0,
    costMismatches: 0,
  });
  // A merge may have removed the repetitions by now.
  expect([4, 8]).toContain(run?.rawDecisions);
  expect([4, 8]).toContain(run?.routeSpanRows);
  expect([5, 10]).toContain(run?.attemptSpanRows);
});

it('shows what a run lacks', async () => {
  const spans = [
    ...requestSpans({ run: 'broken', sequence: 2 }).slice(0, 1),
    ...requestSpans({ run: 'broken', sequence: 3, attemptCosts: ['650001'] }),
    ...requestSpans({ run: 'broken', sequence: 5, attributes: UNKNOWN }),
    ...requestSpans({ run: 'broken', sequence: 6, attributes: UNKNOWN, attemptCosts: [] }),
  ];
  await test.store.insert('otel_traces', spans);
  const [run] = await test.store.query(reconcileRun, { serviceInstanceId: 'broken', tenant: ALL_TENANTS });
  expect(run).toMatchObject({
    distinctDecisions: 4,
    distinctRouteSpans: 4,
    distinctAttemptSpans: 2,
    decisionsWithoutAttempt: 1,
    sequenceMin: 2,
    sequenceMax: 6,
    sequenceGaps: 2,
    // 2 has a cost and no attempt, 3 another cost, 5 none although that of its attempt is known.
    costMismatches: 3,
  });
});

it('reconciles a run that left nothing', async () => {
  const [run] = await test.store.query(reconcileRun, { ...OF_RUN, serviceInstanceId: 'absent' });
  expect(run).toMatchObject({
    rawDecisions: 0,
    viewDecisions: 0,
    tokensInput: null,
    sequenceMax: null,
    sequenceGaps: 0,
  });
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  ATTEMPT_ATTRIBUTES,
  attemptSpan,
  NOW_NANO,
  ROUTE_ATTRIBUTES,
  routeSpan,
} from '../__fixtures__/spans.js';
import { startTestStore, type TestStore } from '../__fixtures__/start-test-store.js';
import * as store from '../index.js';
import { migrate } from '../migrations/migrate.js';
import { toDateTime64 } from '../rows/date-time64.js';
import type { TraceRow } from '../rows/trace-row.js';
import { decisionById } from './decision-by-id.js';
import { modelSummary } from './model-summary.js';
import type { NamedQuery } from './named-query.js';
import { recentDecisions } from './recent-decisions.js';
import { reconcileRun } from './reconcile-run.js';
import { ALL_TENANTS } from './tenant-scope.js';
import { trafficSummary } from './traffic-summary.js';

let test: TestStore;

/** A routed request with its attempts, as spans. An attribute set to undefined is left out. */
function requestSpans(options: {
  run: string;
  sequence: number;
  attributes?: Record<string, string | undefined>;
  attemptCosts?: (string | undefined)[];
  durationMs?: number;
}): TraceRow[] {
  const { run, sequence, attributes = {}, attemptCosts = ['650000'], durationMs = 100 } = options;
  const id = { 'signalbox.decision.id': `${run}-${sequence}` };
  const shared = {
    TraceId: `${run}-${sequence}`,
    ResourceAttributes: { 'service.name': 'checkout', 'service.instance.id': run },
    Duration: BigInt(durationMs) * 1_000_000n,
    Timestamp: toDateTime64(NOW_NANO + BigInt(sequence) * 1_000_000_000n),
  };
  const own = {
    ...id,
    'signalbox.decision.sequence': String(sequence),
    'signalbox.attempts': String(attemptCosts.length),
  };
  return [
    routeSpan({ ...shared, SpanAttributes: defined({ ...ROUTE_ATTRIBUTES, ...own, ...attributes }) }),
    ...attemptCosts.map((cost, index) =>
      attemptSpan({
        ...shared,
        SpanId: `attempt-${index + 1}`,
        SpanAttributes: defined({
          ...ATTEMPT_ATTRIBUTES,
          ...id,
          'signalbox.attempt.number': String(index + 1),
          'signalbox.attempt.cost_nano_usd': cost,
        }),
      }),
    ),
  ];
}

function defined(attributes: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

const UNKNOWN = {
  'signalbox.tokens.input': undefined,
  'signalbox.tokens.output': undefined,
  'signalbox.cost.nano_usd': undefined,
};

const RUN = [
  ...requestSpans({ run: 'run', sequence: 1 }),
  ...requestSpans({ run: 'run', sequence: 2, durationMs: 300 }),
  ...requestSpans({
    run: 'run',
    sequence: 3,
    attributes: { 'signalbox.served.target': 'anthropic/claude-opus', 'signalbox.tenant': undefined },
    attemptCosts: [undefined, '650000'],
    durationMs: 500,
  }),
  ...requestSpans({
    run: 'run',
    sequence: 4,
    attributes: { ...UNKNOWN, 'signalbox.served.target': undefined, 'signalbox.outcome': 'failed' },
    attemptCosts: [undefined],
    durationMs: 300,
  }),
];

beforeAll(async () => {
  test = await startTestStore();
  await migrate(test.store);
  await test.store.insert('otel_traces', RUN);
  await test.store.insert('otel_traces', RUN);
});
afterAll(() => test?.stop());

const ALL_QUERIES = Object.values<unknown>(store).filter(
  (exported): exported is NamedQuery<unknown, unknown> =>
    typeof exported === 'object' && exported !== null && 'sql' in exported,
);

it('exports each query under its name', () => {
  expect(ALL_QUERIES.map(({ name }) => name).sort()).toEqual([
    'decisionById',
    'modelSummary',
    'recentDecisions',
    'reconcileRun',
    'timeline',
    'trafficSummary',
    'usageByModel',
    'usageByRoute',
  ]);
  expect(store).toMatchObject(Object.fromEntries(ALL_QUERIES.map(({ name }) => [name, { name }])));
});

it('sums up the traffic of a run', async () => {
  const [summary] = await test.store.query(trafficSummary, { serviceInstanceId: 'run', tenant: ALL_TENANTS });
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
  ['a time', { since: new Date(Number(NOW_NANO / 1_000_000n) + 3000) }, 2],
  ['a tenant that has none', { tenant: "' OR 1 = 1 --" }, 0],
])('sums up the traffic of %s', async (_, filter, requests) => {
  const [summary] = await test.store.query(trafficSummary, {
    serviceInstanceId: null,
    tenant: ALL_TENANTS,
    ...filter,
  });
  expect(summary?.requests).toBe(requests);
});

it('knows nothing of no traffic', async () => {
  const [summary] = await test.store.query(trafficSummary, {
    serviceInstanceId: 'absent',
    tenant: ALL_TENANTS,
  });
  expect(summary).toMatchObject({
    requests: 0,
    tokensInput: null,
    costNanoUsd: null,
    costUnknown: 0,
    latencyP50Ms: null,
    lastTimestamp: null,
  });
  expect(await test.store.query(modelSummary, { serviceInstanceId: 'absent', tenant: ALL_TENANTS })).toEqual(
    [],
  );
});

it('sums up what each target served', async () => {
  const models = await test.store.query(modelSummary, { serviceInstanceId: 'run', tenant: ALL_TENANTS });
  const latency = { latencyP50Ms: expect.any(Number), latencyP95Ms: expect.any(Number) };
  const known = { successRate: 1, tokensInput: 1000, tokensOutput: 200, costNanoUsd: 650_000, ...latency };
  expect(models).toEqual([
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
  const [run] = await test.store.query(reconcileRun, { serviceInstanceId: 'absent', tenant: ALL_TENANTS });
  expect(run).toMatchObject({
    rawDecisions: 0,
    viewDecisions: 0,
    tokensInput: null,
    sequenceMax: null,
    sequenceGaps: 0,
  });
});

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

it('refuses a sum that a number cannot hold, naming the query and the column', async () => {
  const attributes = { 'signalbox.cost.nano_usd': '9007199254740993' };
  await test.store.insert('otel_traces', requestSpans({ run: 'rich', sequence: 1, attributes }));
  const rejected = test.store.query(trafficSummary, { serviceInstanceId: 'rich', tenant: ALL_TENANTS });
  await expect(rejected).rejects.toThrow(/^trafficSummary\.costNanoUsd: 9007199254740993 is not an integer/);
});

it('ends a query that goes beyond its limits', async () => {
  const greedy: NamedQuery<null, { n: number }> = {
    name: 'greedy',
    sql: 'SELECT number AS n FROM numbers(1000)',
    bind: () => ({}),
    decode: { n: Number },
    limits: { maxResultRows: 10 },
  };
  await expect(test.store.query(greedy, null)).rejects.toThrow(/Limit for result exceeded/);
});

import {
  ClusterUnsupportedError,
  type PriceBook,
  SchemaLayoutError,
  StoreUnavailableError,
} from '@signalbox/spec';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { feedbackEvent, override } from '../__fixtures__/feedback.js';
import { GEN_AI_NEW, genAiSpan } from '../__fixtures__/gen-ai-spans.js';
import { SAMPLE, sampleSpan } from '../__fixtures__/sample-decision.js';
import { ATTEMPT_ATTRIBUTES, attemptSpan } from '../__fixtures__/spans.js';
import { startTestCluster, type TestCluster } from '../__fixtures__/start-test-cluster.js';
import { createTenantReader } from '../access/create-tenant-reader.js';
import { quoteText } from '../access/quote-text.js';
import { createStore } from '../connection/create-store.js';
import type { Store } from '../connection/store.js';
import { reprice } from '../prices/reprice.js';
import { syncPrices } from '../prices/sync-prices.js';
import { attemptsByTarget } from '../queries/attempts-by-target.js';
import { attemptsOfDecision } from '../queries/attempts-of-decision.js';
import { decisionById } from '../queries/decision-by-id.js';
import { integer, text } from '../queries/decoders.js';
import { errorsByType } from '../queries/errors-by-type.js';
import { feedbackByModel } from '../queries/feedback-by-model.js';
import { feedbackOfDecision } from '../queries/feedback-of-decision.js';
import { latencyHeatMap } from '../queries/latency-heat-map.js';
import { modelsOfUser } from '../queries/models-of-user.js';
import { recentDecisions } from '../queries/recent-decisions.js';
import { reconcileRun } from '../queries/reconcile-run.js';
import { runSummary } from '../queries/run-summary.js';
import { runTargets } from '../queries/run-targets.js';
import { spendOverTime } from '../queries/spend-over-time.js';
import { ALL_TENANTS } from '../queries/tenant-scope.js';
import { timeline } from '../queries/timeline.js';
import { trafficSummary } from '../queries/traffic-summary.js';
import { usageByModel } from '../queries/usage-by-model.js';
import { usageByRoute } from '../queries/usage-by-route.js';
import { usageByStrategy } from '../queries/usage-by-strategy.js';
import { usageByTask } from '../queries/usage-by-task.js';
import { usageByTenant } from '../queries/usage-by-tenant.js';
import { usageByUser } from '../queries/usage-by-user.js';
import { usagePatterns } from '../queries/usage-patterns.js';
import { refreshRollups } from '../rollups/refresh-rollups.js';
import { migrate } from './migrate.js';
import { MIGRATIONS_DIRECTORY, readMigrations } from './read-migrations.js';
import { renderStatement } from './render-statement.js';

const HOUR = 3_600_000;
const START = Math.floor(Date.now() / HOUR) * HOUR - 30 * HOUR;
const RANGE = { tenant: 'acme', from: new Date(START), to: new Date(START + 3 * HOUR) };
const RUN = { tenant: ALL_TENANTS, serviceInstanceId: 'run-1', since: RANGE.from } as const;
const REQUESTS = 60;

const tenantOf = (i: number): string => (i % 4 === 0 ? 'other' : 'acme');

const REQUEST_SPANS = Array.from({ length: REQUESTS }, (_, i) => {
  const route = sampleSpan({
    ...SAMPLE,
    id: `decision-${i}`,
    tenant: tenantOf(i),
    time: START + i * 120_000,
    servedModel: i % 3 === 0 ? 'large' : 'small',
    latencyNs: (i + 1) * 10_000_000,
    confidence: 0.75, // exact in binary, so that the order of adding up does not show
  });
  const { TraceId, Timestamp, SpanId } = route;
  const times = { TraceId, Timestamp };
  const attempt = attemptSpan({
    ...times,
    ParentSpanId: SpanId,
    SpanAttributes: {
      ...ATTEMPT_ATTRIBUTES,
      'signalbox.decision.id': `decision-${i}`,
      'signalbox.tenant': tenantOf(i),
    },
  });
  const inside = genAiSpan('openai', GEN_AI_NEW, { ...times, ParentSpanId: attempt.SpanId });
  const elsewhere = genAiSpan('openai', GEN_AI_NEW, { ...times, ParentSpanId: 'of the application' });
  return [route, attempt, inside, elsewhere];
});
const SPANS = REQUEST_SPANS.flat();
const FEEDBACK = Array.from({ length: REQUESTS }, (_, i) => ({
  ...feedbackEvent({
    ...override('better'),
    'signalbox.decision.id': `decision-${i}`,
    'signalbox.tenant': tenantOf(i),
  }),
  TraceId: `of the feedback on ${i}`,
}));

let cluster: TestCluster;
/** The same cluster, asked through each of its nodes. */
let shards: Store[];
let single: Store;
const opened: Store[] = [];

beforeAll(async () => {
  cluster = await startTestCluster(3);
  shards = cluster.logins.map((login) => createStore(login));
  single = createStore({ ...login(0), database: 'single', cluster: undefined });
  opened.push(...shards, single);
  await migrate(single);
  for (const shard of shards) await migrate(shard, { replicated: false });
  await single.insert('otel_traces', SPANS);
  await single.insert('otel_logs', FEEDBACK);
  await store(0).insert('otel_traces', SPANS);
  await store(0).insert('otel_logs', FEEDBACK);
  await refreshRollups(single);
  await refreshRollups(store(0));
}, 120_000);
afterAll(async () => {
  await Promise.all(opened.map((each) => each.close()));
  await cluster?.stop();
});

function store(node: number): Store {
  const found = shards[node];
  if (found === undefined) throw new Error(`There is no node ${node}.`);
  return found;
}

function login(node: number) {
  const found = cluster.logins[node];
  if (found === undefined) throw new Error(`There is no node ${node}.`);
  return found;
}

const count = async (from: Store, what: string): Promise<number | undefined> => {
  const sql = `SELECT count() AS n FROM ${what}`;
  const [row] = await from.query({ name: 'count', sql, bind: () => ({}), decode: { n: integer } }, {});
  return row?.n;
};

/** What every reader of the store reads. */
const answers = (from: Store) =>
  Promise.all([
    from.query(trafficSummary, { ...RANGE, tenant: ALL_TENANTS }),
    from.query(runSummary, RUN),
    from.query(runTargets, RUN),
    from.query(recentDecisions, { limit: 1000, tenant: ALL_TENANTS }),
    from.query(decisionById, { decisionId: 'decision-7', tenant: ALL_TENANTS }),
    from.query(reconcileRun, { serviceInstanceId: 'run-1', tenant: ALL_TENANTS }),
    from.query(usageByModel, RANGE),
    from.query(usageByRoute, { ...RANGE, step: '1d' }),
    from.query(timeline, RANGE),
    from.query(usageByStrategy, RANGE),
    from.query(usageByTask, RANGE),
    from.query(usageByTenant, { ...RANGE, tenant: ALL_TENANTS }),
    from.query(usagePatterns, RANGE),
    from.query(spendOverTime, { ...RANGE, by: 'model' }),
    from.query(latencyHeatMap, RANGE),
    from.query(errorsByType, RANGE),
    from.query(usageByUser, { ...RANGE, limit: 10 }),
    from.query(modelsOfUser, { ...RANGE, userId: 'user-1' }),
    from.query(attemptsByTarget, RANGE),
    from.query(feedbackByModel, RANGE),
    from.query(attemptsOfDecision, { decisionId: 'decision-7', tenant: 'acme' }),
    from.query(feedbackOfDecision, { decisionId: 'decision-7', tenant: 'acme' }),
    from.query(recentDecisions, { limit: 10, tenant: 'acme', model: 'small' }),
    count(from, 'rollup_1h'),
    count(from, 'rollup_1d'),
    count(from, 'otel_traces FINAL'),
    count(from, 'otel_logs FINAL'),
    count(from, 'attempts'),
    count(from, 'llm_calls'),
    count(from, 'llm_calls_unrouted'),
    count(from, "decisions_with_feedback WHERE overridden_to = 'better'"),
    count(from, 'priced_calls(known_at = now64(3))'),
  ]);

/** The same without what a run reconciles to, which tells of stored rows too, repetitions counted. */
const answersOfViews = async (from: Store) => (await answers(from)).toSpliced(5, 1);

it('renders statements that ClickHouse parses, for all nodes and replicated', async () => {
  const target = { kind: 'cluster', name: 'main', database: 'signalbox', replicated: true } as const;
  const migrations = await readMigrations(MIGRATIONS_DIRECTORY);
  const rendered = migrations
    .flatMap(({ statements }) => statements)
    .flatMap((each) => renderStatement(each, target));
  for (const statement of rendered) {
    const sql = `SELECT formatQuery(${quoteText(statement)}) AS parsed`;
    const [row] = await single.query({ name: 'parse', sql, bind: () => ({}), decode: { parsed: text } }, {});
    expect(row?.parsed).toContain(' ON CLUSTER main');
  }
});

it('spreads the requests over the shards, each with all of its spans', async () => {
  const held = await Promise.all(shards.map((each) => count(each, 'decisions_local')));
  expect(held).not.toContain(0);
  expect(held.reduce((sum = 0, n = 0) => sum + n)).toBe(REQUESTS);
  for (const [node, decisions] of held.entries()) {
    expect(await count(store(node), 'attempts_local')).toBe(decisions);
    expect(await count(store(node), 'llm_calls_unrouted_local')).toBe(decisions);
  }
});

it('answers as one node does, whichever node is asked', async () => {
  const expected = await answers(single);
  expect(expected[0]).toMatchObject([{ requests: REQUESTS }]);
  expect(expected.slice(-4)).toEqual([2 * REQUESTS, REQUESTS, REQUESTS, 3 * REQUESTS]);
  for (const shard of shards) expect(await answers(shard)).toEqual(expected);
});

it('answers a reader who knows nothing of the cluster', async () => {
  const reader = createStore({ ...login(1), cluster: undefined });
  opened.push(reader);
  for (const view of ['decisions', 'llm_calls_unrouted', 'decisions_with_feedback', 'rollup_1h'])
    expect(await count(reader, view)).toBe(await count(single, view));
});

it('has each id once when a block is inserted again, in other splits, through other nodes', async () => {
  const before = await answersOfViews(store(0));
  await store(1).insert('otel_traces', SPANS);
  await store(2).insert('otel_traces', SPANS.slice(0, 100));
  await store(2).insert('otel_traces', SPANS.slice(50));
  await store(1).insert('otel_logs', FEEDBACK);
  await refreshRollups(store(1));
  expect(await answersOfViews(store(2))).toEqual(before);
});

it('prices history again as one node does', async () => {
  const price = { input: 5000, output: 100, cacheRead: null, cacheWrite: null, reasoning: null };
  const book: PriceBook = {
    models: () => [{ provider: 'openai', model: 'gpt-5-mini' }],
    priceOf: () => null,
    timelineOf: () => [{ validFrom: null, resolved: { price, source: 'override', version: 'v1' } }],
  };
  const repriced = async (each: Store) => {
    await syncPrices(each, book);
    const { decisions, attempts, costAfter } = await reprice(each, { since: RANGE.from, actor: 'ada' });
    return { decisions, attempts, costAfter };
  };
  const expected = await repriced(single);
  expect(expected).toMatchObject({ decisions: REQUESTS, attempts: REQUESTS });
  expect(await repriced(store(0))).toEqual(expected);
  await refreshRollups(single);
  await refreshRollups(store(0));
  expect(await answersOfViews(store(1))).toEqual(await answersOfViews(single));
});

it('refuses a tenant reader', async () => {
  await expect(
    createTenantReader(store(0), { username: 'eve', password: 'x', tenants: ['acme'] }),
  ).rejects.toThrow(ClusterUnsupportedError);
});

it('refuses a database of the other layout', async () => {
  const asNode = createStore({ ...login(0), cluster: undefined });
  const asCluster = createStore({ ...login(0), database: single.database });
  opened.push(asNode, asCluster);
  await expect(migrate(asNode)).rejects.toThrow(
    /sharded was created for a cluster, but no `clickhouse.cluster`/,
  );
  await expect(migrate(asCluster, { replicated: false })).rejects.toThrow(SchemaLayoutError);
});

it('fails when a shard cannot be reached, and answers in part only where asked to', async () => {
  await cluster.nodes[2]?.stop();
  const lost = await vi.waitFor(async () => {
    const error = await store(0)
      .query(trafficSummary, { ...RANGE, tenant: ALL_TENANTS })
      .catch((reason) => reason);
    expect(error).toBeInstanceOf(StoreUnavailableError);
    return error;
  });
  expect(lost.message).toMatch(/a shard of its cluster does not answer/);
  await expect(store(0).insert('otel_traces', SPANS)).rejects.toThrow(StoreUnavailableError);

  const partial = createStore({ ...login(0), skipUnavailableShards: true });
  opened.push(partial);
  const [summary] = await partial.query(trafficSummary, { ...RANGE, tenant: ALL_TENANTS });
  expect(summary?.requests).toBeGreaterThan(0);
  expect(summary?.requests).toBeLessThan(REQUESTS);
  await expect(partial.insert('otel_traces', SPANS)).rejects.toThrow(StoreUnavailableError);
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { requestSpans } from '../__fixtures__/request-spans.js';
import { startTestStore, type TestStore } from '../__fixtures__/start-test-store.js';
import * as store from '../index.js';
import { migrate } from '../migrations/migrate.js';
import type { NamedQuery } from './named-query.js';
import { runSummary } from './run-summary.js';
import { ALL_TENANTS } from './tenant-scope.js';

let test: TestStore;
beforeAll(async () => {
  test = await startTestStore();
  await migrate(test.store);
});
afterAll(() => test?.stop());

const ALL_QUERIES = Object.values<unknown>(store).filter(
  (exported): exported is NamedQuery<unknown, unknown> =>
    typeof exported === 'object' && exported !== null && 'sql' in exported,
);

it('exports each query under its name', () => {
  expect(ALL_QUERIES).toContain(store.trafficSummary);
  expect(store).toMatchObject(Object.fromEntries(ALL_QUERIES.map(({ name }) => [name, { name }])));
});

it('refuses a sum that a number cannot hold, naming the query and the column', async () => {
  const attributes = { 'signalbox.cost.nano_usd': String(10 ** 15) };
  const spans = Array.from({ length: 10 }, (_, i) =>
    requestSpans({ run: 'rich', sequence: i + 1, attributes }),
  );
  await test.store.insert('otel_traces', spans.flat());
  const run = { tenant: ALL_TENANTS, serviceInstanceId: 'rich', since: new Date(0) } as const;
  const rejected = test.store.query(runSummary, run);
  await expect(rejected).rejects.toThrow(/^runSummary\.costNanoUsd: 10000000000000000 is not an integer/);
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

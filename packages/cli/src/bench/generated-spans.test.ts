import { expect, it } from 'vitest';
import { insertGeneratedSpans } from './generated-spans.js';
import { withTemporaryStore } from './temporary-store.js';

const HOUR_MS = 3_600_000;

it('makes decisions that the schema reads without a malformed value, each with its attempts', async () => {
  const to = Date.now();
  const spans = { table: 'otel_traces', total: 600, from: to - HOUR_MS, to, seed: 1 };
  const [made] = await withTemporaryStore(async (store) => {
    await store.command(insertGeneratedSpans({ ...spans, first: 0, count: 400 }));
    await store.command(insertGeneratedSpans({ ...spans, first: 400, count: 200 }));
    return store.query(
      {
        name: 'made',
        sql: `
          SELECT
            uniqExact(decision_id) AS ids,
            sum(malformed) AS malformed,
            sum(attempts) AS attempts,
            (SELECT count() FROM attempts WHERE (trace_id, decision_id) IN (SELECT trace_id, decision_id FROM decisions)) AS attemptRows,
            min(length(candidates.target)) AS candidates,
            uniqExact(route) AS routes,
            countIf(NOT has(candidates.eligible, false)) AS allEligible,
            countIf(outcome = 'failed') AS failed
          FROM decisions`,
        bind: () => ({}),
        decode: {
          ids: Number,
          malformed: Number,
          attempts: Number,
          attemptRows: Number,
          candidates: Number,
          routes: Number,
          allEligible: Number,
          failed: Number,
        },
      },
      null,
    );
  });
  expect(made).toMatchObject({ ids: 600, malformed: 0, candidates: 8, routes: 12 });
  expect(made?.attemptRows).toBe(made?.attempts);
  expect(made?.attempts).toBeGreaterThan(600);
  expect(made?.allEligible).toBeLessThan(600);
  expect(made?.failed).toBeGreaterThan(0);
});

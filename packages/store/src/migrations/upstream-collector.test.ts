// The ClickHouse exporter of the upstream OpenTelemetry Collector (contrib v0.161), inserting into our tables with
// `create_schema: false`: its columns and no others, its spelling of values, asynchronous inserts.
import { createClient } from '@clickhouse/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CONTRIB_COLUMNS } from '../__fixtures__/contrib-columns.js';
import { feedbackEvent, satisfaction } from '../__fixtures__/feedback.js';
import { GEN_AI_NEW, genAiSpan } from '../__fixtures__/gen-ai-spans.js';
import { ATTEMPT_ATTRIBUTES, attemptSpan, ROUTE_ATTRIBUTES, routeSpan } from '../__fixtures__/spans.js';
import { startTestStore, type TestStore } from '../__fixtures__/start-test-store.js';
import type { LogRow } from '../rows/log-row.js';
import type { TraceRow } from '../rows/trace-row.js';
import { migrate } from './migrate.js';

let test: TestStore;
let exporter: ReturnType<typeof createClient>;

beforeAll(async () => {
  test = await startTestStore();
  await migrate(test.store);
  exporter = createClient({
    ...test.login,
    clickhouse_settings: { async_insert: 1, wait_for_async_insert: 1 },
  });
});
afterAll(async () => {
  await exporter?.close();
  await test?.stop();
});

/** Inserts as the exporter does. It names its columns, so that ours take their defaults. */
const insert = (table: 'otel_traces' | 'otel_logs', rows: readonly (TraceRow | LogRow)[]) =>
  exporter.insert({
    table,
    columns: Object.keys(CONTRIB_COLUMNS[table] ?? {}).filter((column) => !column.startsWith('__')) as [
      string,
      ...string[],
    ],
    values: rows.map((row) => ({
      ...row,
      ...('Duration' in row && { Duration: String(row.Duration) }),
    })),
    format: 'JSONEachRow',
  });

/** Go spells small and large numbers with an exponent, and escapes what HTML would read in arrays. */
const SPELLED_BY_GO = {
  'signalbox.decide.duration_us': '4.25e-7',
  'signalbox.prompt.characters': '100000',
  'signalbox.route.patterns': '["a \\u003c b","c"]',
  'signalbox.explored': 'true',
};

it('feeds decisions, attempts and calls', async () => {
  await insert('otel_traces', [
    routeSpan({ SpanAttributes: { ...ROUTE_ATTRIBUTES, ...SPELLED_BY_GO } }),
    attemptSpan(),
    genAiSpan('my-client', GEN_AI_NEW),
  ]);
  expect(
    await test.select(
      `SELECT decide_duration_us, prompt_characters, route_patterns, explored, tokens_input, malformed,
         candidates.target AS targets, received_at > toDateTime64('2026-01-01', 3) AS received FROM decisions`,
    ),
  ).toEqual([
    {
      decide_duration_us: 4.25e-7,
      prompt_characters: '100000',
      route_patterns: ['a < b', 'c'],
      explored: true,
      tokens_input: '1000',
      malformed: 0,
      targets: ['openai/gpt-5-mini', 'anthropic/claude-opus'],
      received: 1,
    },
  ]);
  expect(await test.select('SELECT target, finish_reasons, malformed FROM attempts')).toEqual([
    { target: ATTEMPT_ATTRIBUTES['signalbox.attempt.target'], finish_reasons: ['stop'], malformed: 0 },
  ]);
  expect(await test.select('SELECT model, tokens_input FROM llm_calls')).toEqual([
    { model: 'claude-opus-5-20260801', tokens_input: '1200' },
  ]);
});

it('feeds feedback', async () => {
  await insert('otel_logs', [feedbackEvent(satisfaction('0.5'))]);
  expect(await test.select('SELECT decision_id, satisfaction, malformed FROM feedback')).toEqual([
    { decision_id: ROUTE_ATTRIBUTES['signalbox.decision.id'], satisfaction: 0.5, malformed: 0 },
  ]);
});

it('changes nothing when it sends a batch again', async () => {
  await insert('otel_traces', [
    attemptSpan(),
    routeSpan({ SpanAttributes: { ...ROUTE_ATTRIBUTES, ...SPELLED_BY_GO } }),
  ]);
  await insert('otel_logs', [feedbackEvent(satisfaction('0.5'))]);
  expect(
    await test.select(
      `SELECT (SELECT count() FROM decisions) AS decisions, (SELECT count() FROM attempts) AS attempts,
         (SELECT count() FROM feedback) AS feedback`,
    ),
  ).toEqual([{ decisions: '1', attempts: '1', feedback: '1' }]);
});

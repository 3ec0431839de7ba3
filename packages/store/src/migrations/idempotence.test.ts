// Whatever is sent again, cut elsewhere or late, the views show the same.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accuracy, feedbackEvent, override, satisfaction } from '../__fixtures__/feedback.js';
import { AI_SDK_OTEL, GEN_AI_NEW, genAiSpan, OPENINFERENCE } from '../__fixtures__/gen-ai-spans.js';
import {
  ATTEMPT_ATTRIBUTES,
  attemptSpan,
  NOW_NANO,
  ROUTE_ATTRIBUTES,
  routeSpan,
} from '../__fixtures__/spans.js';
import { startTestStore, type TestStore } from '../__fixtures__/start-test-store.js';
import { toDateTime64 } from '../rows/date-time64.js';
import type { LogRow } from '../rows/log-row.js';
import type { TraceRow } from '../rows/trace-row.js';
import { migrate } from './migrate.js';

let test: TestStore;

beforeAll(async () => {
  test = await startTestStore();
  await migrate(test.store);
});
afterAll(() => test?.stop());

const VIEWS = [
  'decisions',
  'attempts',
  'feedback',
  'decisions_with_feedback',
  'llm_calls',
  'llm_calls_unrouted',
];
const RAW = ['otel_traces', 'otel_logs', 'decisions_raw', 'attempts_raw', 'feedback_raw', 'llm_calls_raw'];

/** Everything that the views show. When a row was received last is no part of it. */
const snapshot = () =>
  Promise.all(
    VIEWS.map((view) =>
      test.select(
        `SELECT * EXCEPT (received_at) REPLACE (toString(timestamp) AS timestamp) FROM ${view} ORDER BY ALL`,
      ),
    ),
  );

const request = fc.record({
  secondsAgo: fc.integer({ min: 0, max: 3 * 86_400 }),
  attempts: fc.integer({ min: 0, max: 3 }),
  feedback: fc.array(
    fc.tuple(
      fc.constantFrom(
        satisfaction('0'),
        satisfaction('1'),
        accuracy('accurate'),
        override('a/b'),
        satisfaction('x'),
      ),
      fc.integer({ min: 0, max: 3 }),
    ),
    { maxLength: 3 },
  ),
  calls: fc.array(fc.constantFrom(AI_SDK_OTEL, GEN_AI_NEW, OPENINFERENCE), { maxLength: 2 }),
  confidence: fc.constantFrom('0.5', 'NaN', ''),
});

type Event = { table: 'otel_traces'; row: TraceRow } | { table: 'otel_logs'; row: LogRow };

/** The spans and events of a request, some of them malformed, over the last days. */
function eventsOf(plan: typeof request extends fc.Arbitrary<infer T> ? T : never, number: number): Event[] {
  const id = `decision-${number}`;
  const shared = {
    TraceId: `trace-${number}`,
    Timestamp: toDateTime64(NOW_NANO - BigInt(plan.secondsAgo) * 1_000_000_000n),
  };
  const span = (row: TraceRow): Event => ({ table: 'otel_traces', row: { ...row, ...shared } });
  const named = { 'signalbox.decision.id': id };
  return [
    span(
      routeSpan({
        SpanAttributes: { ...ROUTE_ATTRIBUTES, ...named, 'signalbox.confidence': plan.confidence },
      }),
    ),
    ...Array.from({ length: plan.attempts }, (_, index) =>
      span(
        attemptSpan({
          SpanId: `attempt-${index}`,
          SpanAttributes: { ...ATTEMPT_ATTRIBUTES, ...named, 'signalbox.attempt.number': String(index + 1) },
        }),
      ),
    ),
    ...plan.calls.map((attributes) => span(genAiSpan('other', attributes))),
    ...plan.feedback.map(
      ([attributes, later]): Event => ({
        table: 'otel_logs',
        row: feedbackEvent({ ...named, ...attributes }, later - plan.secondsAgo),
      }),
    ),
  ];
}

/** Inserts events in batches of the sizes given, over and over, traces and logs apart. */
async function insert(events: readonly Event[], sizes: readonly number[]) {
  for (let from = 0, turn = 0; from < events.length; turn += 1) {
    const batch = events.slice(from, from + (sizes[turn % sizes.length] ?? 1));
    const rows = <Row>(table: Event['table']) =>
      batch.filter((event) => event.table === table).map(({ row }) => row as Row);
    await test.store.insert('otel_traces', rows<TraceRow>('otel_traces'));
    await test.store.insert('otel_logs', rows<LogRow>('otel_logs'));
    from += batch.length;
  }
}

it('shows each id once after any block came three times, in other splits and in any order', async () => {
  const sizes = fc.array(fc.integer({ min: 3, max: 50 }), { minLength: 1, maxLength: 4 });
  const scenario = fc.array(request, { minLength: 1, maxLength: 8 }).chain((plans) => {
    const events = plans.flatMap(eventsOf);
    const order = fc.shuffledSubarray(events, { minLength: events.length });
    return fc.record({
      plans: fc.constant(plans),
      events: fc.constant(events),
      late: order,
      again: order,
      sizes,
    });
  });
  await fc.assert(
    fc.asyncProperty(scenario, async ({ plans, events, late, again, sizes: cut }) => {
      await Promise.all(RAW.map((table) => test.store.command(`TRUNCATE TABLE ${table}`)));
      await insert(events, [events.length]);
      const once = await snapshot();
      expect(once.map((rows) => rows.length).slice(0, 2)).toEqual([
        plans.length,
        plans.reduce((sum, { attempts }) => sum + attempts, 0),
      ]);
      await insert(late, cut);
      await insert(again, cut);
      await insert(events, [events.length]);
      expect(await snapshot()).toEqual(once);
      for (const table of RAW) await test.store.command(`OPTIMIZE TABLE ${table} FINAL`);
      expect(await snapshot()).toEqual(once);
    }),
    { numRuns: 5 },
  );
}, 120_000);

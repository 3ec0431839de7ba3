import { afterAll, beforeAll, expect, it } from 'vitest';
import { accuracy, feedbackEvent, override, satisfaction } from '../__fixtures__/feedback.js';
import { NOW_NANO, ROUTE_ATTRIBUTES, routeSpan } from '../__fixtures__/spans.js';
import { startTestStore, type TestStore } from '../__fixtures__/start-test-store.js';
import { toDateTime64 } from '../rows/date-time64.js';
import { migrate } from './migrate.js';

let test: TestStore;

beforeAll(async () => {
  test = await startTestStore();
  await migrate(test.store);
});
afterAll(() => test?.stop());

let ids = 0;
const newId = () => {
  ids += 1;
  return `decision-${ids}`;
};

const give = (id: string, ...events: [Record<string, string>, number?][]) =>
  test.store.insert(
    'otel_logs',
    events.map(([attributes, later]) => feedbackEvent({ 'signalbox.decision.id': id, ...attributes }, later)),
  );

const rows = (id: string) =>
  test.select(`SELECT * FROM feedback WHERE decision_id = '${id}' ORDER BY timestamp, name`);

it('makes a row of a feedback event, with every attribute in a column', async () => {
  const id = newId();
  await give(id, [satisfaction('0.75')]);
  const [{ received_at: _, ...row } = {}] = await rows(id);
  expect(row).toEqual({
    timestamp: toDateTime64(NOW_NANO),
    trace_id: '5b8efff798038103d269b633813fc60c',
    span_id: 'eee19b7ec3c1b174',
    service_name: 'checkout',
    service_instance_id: 'run-1',
    decision_id: id,
    tenant: 'acme',
    user_id: 'user-7',
    name: 'satisfaction',
    satisfaction: 0.75,
    accurate: null,
    overridden_to: null,
    malformed: 0,
  });
});

it.each([
  [satisfaction('0'), { satisfaction: 0, accurate: null, overridden_to: null }],
  [accuracy('accurate'), { satisfaction: null, accurate: true, overridden_to: null }],
  [accuracy('inaccurate'), { satisfaction: null, accurate: false, overridden_to: null }],
  [override('openai/gpt-5'), { satisfaction: null, accurate: null, overridden_to: 'openai/gpt-5' }],
])('reads %j', async (attributes, expected) => {
  const id = newId();
  await give(id, [attributes]);
  expect(await rows(id)).toMatchObject([{ ...expected, malformed: 0 }]);
});

it.each([
  ['a satisfaction over 1', satisfaction('5'), 1],
  ['a negative satisfaction', satisfaction('-0.1'), 1],
  ['a satisfaction that is text', satisfaction('great'), 1],
  ['a satisfaction that is NaN', satisfaction('NaN'), 1],
  ['an unknown label', { ...accuracy('perhaps'), 'gen_ai.evaluation.score.value': '' }, 1],
  ['an unknown name', { ...satisfaction('1'), 'gen_ai.evaluation.name': 'mood' }, 1],
  ['nothing at all', {}, 1],
])('keeps an event with %s, without a value, and counts it', async (_, attributes, malformed) => {
  const id = newId();
  await give(id, [attributes]);
  const unknown = { satisfaction: null, accurate: null, overridden_to: null };
  expect(await rows(id)).toMatchObject([{ ...unknown, malformed }]);
});

it.each([
  ['another scope', { ScopeName: 'other' }],
  ['another name', { EventName: 'gen_ai.client.operation.exception' }],
])('takes no event of %s for feedback', async (_, changed) => {
  const id = newId();
  await test.store.insert('otel_logs', [
    { ...feedbackEvent({ 'signalbox.decision.id': id, ...satisfaction('1') }), ...changed },
  ]);
  expect(await rows(id)).toEqual([]);
});

it('joins the newest feedback of each kind to its decision, in whatever order it came', async () => {
  const id = newId();
  await give(id, [satisfaction('0.9'), 5], [override('a/b'), 1]);
  await give(id, [satisfaction('0.2'), 2], [accuracy('inaccurate'), 3], [satisfaction('oops'), 9]);
  await test.store.insert('otel_traces', [
    routeSpan({ SpanAttributes: { ...ROUTE_ATTRIBUTES, 'signalbox.decision.id': id } }),
  ]);
  expect(
    await test.select(
      `SELECT satisfaction, accurate, overridden_to, override, served_model
       FROM decisions_with_feedback WHERE decision_id = '${id}'`,
    ),
  ).toEqual([
    {
      satisfaction: 0.9,
      accurate: false,
      overridden_to: 'a/b',
      override: true,
      served_model: 'gpt-5-mini',
    },
  ]);
});

it('has NULL for a decision without feedback, and for what another tenant says about it', async () => {
  const id = newId();
  await give(id, [{ ...satisfaction('1'), 'signalbox.tenant': 'rival' }]);
  await test.store.insert('otel_traces', [
    routeSpan({ SpanAttributes: { ...ROUTE_ATTRIBUTES, 'signalbox.decision.id': id } }),
  ]);
  expect(
    await test.select(
      `SELECT satisfaction, accurate, overridden_to FROM decisions_with_feedback WHERE decision_id = '${id}'`,
    ),
  ).toEqual([{ satisfaction: null, accurate: null, overridden_to: null }]);
});

it('has every column of a decision', async () => {
  const columns = (table: string) =>
    test.select(
      `SELECT name, type FROM system.columns WHERE database = currentDatabase() AND table = '${table}' ORDER BY position`,
    );
  const joined = await columns('decisions_with_feedback');
  expect(joined.slice(0, -3)).toEqual(await columns('decisions'));
});

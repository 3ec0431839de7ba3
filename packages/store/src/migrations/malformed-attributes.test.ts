import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ATTEMPT_ATTRIBUTES, attemptSpan, ROUTE_ATTRIBUTES, routeSpan } from '../__fixtures__/spans.js';
import { startTestStore, type TestStore } from '../__fixtures__/start-test-store.js';
import { migrate } from './migrate.js';

let test: TestStore;

beforeAll(async () => {
  test = await startTestStore();
  await migrate(test.store);
});
afterAll(() => test?.stop());

let ids = 0;

/** Inserts the span of a decision or an attempt with some attributes changed, and returns its row. */
async function stored(table: 'decisions' | 'attempts', changed: Record<string, string>) {
  ids += 1;
  const id = `malformed-${ids}`;
  const [base, span] =
    table === 'decisions' ? [ROUTE_ATTRIBUTES, routeSpan] : [ATTEMPT_ATTRIBUTES, attemptSpan];
  const SpanAttributes = { ...base, ...changed, 'signalbox.decision.id': id };
  await test.store.insert('otel_traces', [span({ SpanAttributes })]);
  const rows = await test.select(`SELECT * FROM ${table} WHERE decision_id = '${id}'`);
  expect(rows).toHaveLength(1);
  return rows[0] ?? {};
}

/** Attributes that are any text, so that none of their values is malformed. */
const FREE_TEXT =
  /(decision\.id|policy\.(name|version)|strategy|route|target|model|provider|source|tenant|version|user\.id|conversation\.id|error\.type|operation\.name|provider\.name|response\.id|address|sticky\.(by|held)|arm)$/;

const typed = (attributes: Record<string, string>) =>
  Object.keys(attributes).filter((name) => !FREE_TEXT.test(name));

describe.each([
  { table: 'decisions' as const, attributes: ROUTE_ATTRIBUTES },
  { table: 'attempts' as const, attributes: ATTEMPT_ATTRIBUTES },
])('$table', ({ table, attributes }) => {
  it.each(['abc', 'NaN', '1.5e999', '99999999999999999999999999', '{"a":', '\u0000'])(
    'takes a span whose every attribute is %j, and counts all that are typed',
    async (text) => {
      const names = typed(attributes);
      const row = await stored(
        table,
        Object.fromEntries(Object.keys(attributes).map((name) => [name, text])),
      );
      expect(row.malformed).toBe(names.length);
    },
  );

  it.each(typed(attributes))('has no malformed value for the well-formed %s', async (name) => {
    expect((await stored(table, { [name]: attributes[name] ?? '' })).malformed).toBe(0);
  });

  it('takes an empty text for an absent attribute', async () => {
    const empty = Object.fromEntries(
      typed(attributes)
        .filter((name) => !/sequence|attempt\.number/.test(name))
        .map((name) => [name, '']),
    );
    expect((await stored(table, empty)).malformed).toBe(0);
  });
});

it.each([
  ['text for a number', 'signalbox.tokens.input', 'many', 'tokens_input'],
  ['a negative number of tokens', 'signalbox.tokens.output', '-1', 'tokens_output'],
  ['a fraction of a token', 'signalbox.tokens.reasoning', '1.5', 'tokens_reasoning'],
  ['a negative cost', 'signalbox.cost.nano_usd', '-5', 'cost_nano_usd'],
  ['NaN', 'signalbox.confidence', 'NaN', 'confidence'],
  ['an infinity', 'signalbox.decide.duration_us', 'inf', 'decide_duration_us'],
  ['a probability over 1', 'signalbox.propensity', '1.01', 'propensity'],
  ['a negative duration', 'signalbox.time_to_first_chunk_ms', '-0.5', 'time_to_first_chunk_ms'],
  ['an unknown task', 'signalbox.task.type', 'juggling', 'task_type'],
  ['an unknown complexity', 'signalbox.task.complexity', 'Simple', 'task_complexity'],
  ['an unknown outcome', 'signalbox.outcome', 'exploded', 'outcome'],
  ['an unknown cache result', 'signalbox.cache', 'hit', 'cache'],
  ['a number for a boolean', 'signalbox.explored', '1', 'explored'],
  ['more tokens than there are', 'signalbox.tokens.input', '18446744073709551615', 'tokens_input'],
  ['a cost beyond all money', 'signalbox.cost.nano_usd', '9223372036854775807', 'cost_nano_usd'],
])('makes %s NULL and counts it', async (_, name, text, column) => {
  expect(await stored('decisions', { [name]: text })).toMatchObject({ [column]: null, malformed: 1 });
});

it.each([
  ['an unknown cause', 'signalbox.attempt.cause', 'boredom', 'cause', null],
  ['a status out of range', 'http.response.status_code', '70000', 'http_status', null],
  ['a number for a boolean', 'gen_ai.request.stream', '1', 'request_stream', null],
  ['an unreadable number of the attempt', 'signalbox.attempt.number', 'first', 'attempt_number', 0],
])('makes %s of an attempt unknown and counts it', async (_, name, text, column, value) => {
  expect(await stored('attempts', { [name]: text })).toMatchObject({ [column]: value, malformed: 1 });
});

const candidate = (changed: object) =>
  JSON.stringify([{ target: 'a/b', eligible: true, excluded: null, score: 1, signals: null, ...changed }]);

it.each([
  ['broken JSON', '[{"target":"a/b"', []],
  ['an object', '{"target":"a/b"}', []],
  ['a text', '"a/b"', []],
  ['an unknown reason', candidate({ excluded: { reason: 'mood' } }), ['a/b']],
  ['an unknown circuit', candidate({ signals: { circuit: 'ajar' } }), ['a/b']],
])('counts candidates that are %s, and keeps what can be read', async (_, json, targets) => {
  const row = await stored('decisions', { 'signalbox.candidates': json });
  expect(row).toMatchObject({ malformed: 1, 'candidates.target': targets });
  expect(row['candidates.excluded_reason']).toEqual(targets.map(() => ''));
  expect(row['candidates.circuit']).toEqual(targets.map(() => ''));
});

it.each(['[]', candidate({}), candidate({ signals: { circuit: 'half-open', firstChunkMs: null } })])(
  'takes %s for well-formed candidates',
  async (json) => {
    expect((await stored('decisions', { 'signalbox.candidates': json })).malformed).toBe(0);
  },
);

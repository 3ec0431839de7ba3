import * as semconv from '@signalbox/spec/semconv';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  ATTEMPT_ATTRIBUTES,
  attemptSpan,
  NOW_NANO,
  ROUTE_ATTRIBUTES,
  routeSpan,
} from '../__fixtures__/spans.js';
import { startTestStore, type TestStore } from '../__fixtures__/start-test-store.js';
import { toDateTime64 } from '../rows/date-time64.js';
import { migrate } from './migrate.js';

let test: TestStore;

beforeAll(async () => {
  test = await startTestStore();
  await migrate(test.store);
});
afterAll(() => test?.stop());

const DECISION_ID = ROUTE_ATTRIBUTES['signalbox.decision.id'];

const withAttributes = (base: Record<string, string>, changed: Record<string, string | undefined>) =>
  Object.fromEntries(
    Object.entries({ ...base, ...changed }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );

it('makes a decision of a route span, with every attribute in a column', async () => {
  await test.store.insert('otel_traces', [routeSpan(), attemptSpan()]);
  const [{ received_at, ...decision } = {}] = await test.select(
    `SELECT * FROM decisions WHERE decision_id = '${DECISION_ID}'`,
  );
  expect(Number(received_at)).toBeGreaterThan(Number(NOW_NANO / 1_000_000_000n));
  expect(decision).toEqual({
    timestamp: toDateTime64(NOW_NANO + 123_456_789n),
    duration_ns: '1250000000',
    trace_id: '5b8efff798038103d269b633813fc60c',
    parent_span_id: '',
    service_name: 'checkout',
    service_instance_id: 'run-1',
    status_code: 'Unset',
    status_message: '',
    decision_id: DECISION_ID,
    decision_sequence: '1',
    tenant: 'acme',
    source: 'checkout',
    user_id: 'user-7',
    conversation_id: 'conversation-9',
    policy_name: 'default',
    policy_version: 'sha256:4be1',
    strategy: 'balanced',
    route: 'code',
    route_patterns: ['function', 'type"script'],
    task_type: 'coding',
    task_complexity: 'moderate',
    task_complexity_score: 0.4375,
    prompt_characters: '4321',
    prompt_tokens_estimated: '1080',
    answer_tokens_expected: '300',
    answer_tokens_max: '500',
    needs: ['tools'],
    requested_model: 'gpt-5-mini',
    requested_strategy: 'balanced',
    requested_preferences: [0.5, 0.25, 1],
    requested_residency: ['eu'],
    requested_max_cost_nano_usd: '1000000',
    requested_max_worst_cost_nano_usd: '2000000',
    requested_max_cost_per_1m_tokens_nano_usd: '3000000000',
    requested_max_latency_ms: 5000,
    budget_left_nano_usd: '-7',
    'candidates.target': ['openai/gpt-5-mini', 'anthropic/claude-opus'],
    'candidates.eligible': [true, false],
    'candidates.excluded_reason': ['', 'over-budget'],
    'candidates.excluded_detail': ['', 'expected 1200000 nano-USD, limit 1000000'],
    'candidates.score': [0.75, null],
    'candidates.probability': [0.98, 0],
    'candidates.term_names': [['cost', 'latency'], []],
    'candidates.term_values': [[0.5, 0.25], []],
    'candidates.first_chunk_ms': [312, null],
    'candidates.tokens_per_second': [80, null],
    'candidates.success_rate': [0.99, null],
    'candidates.circuit': ['closed', ''],
    'candidates.health': ['', ''],
    'candidates.requests_left': [null, null],
    'candidates.tokens_left': [null, null],
    'candidates.successes': [null, null],
    'candidates.failures': [null, null],
    'candidates.user_successes': [null, null],
    'candidates.user_failures': [null, null],
    'candidates.estimated_cost_nano_usd': ['48000', '1200000'],
    'candidates.estimated_latency_ms': [812, null],
    selected_target: 'openai/gpt-5-mini',
    selected_model: 'gpt-5-mini',
    selected_provider: 'openai',
    propensity: 0.98,
    explored: false,
    draw: 123456789,
    sticky_by: 'user',
    sticky_held: 'openai/gpt-5-mini',
    arm: 'canary',
    shadows: ['openai/gpt-5-nano'],
    confidence: 0.125,
    override: true,
    override_target: 'anthropic/claude-opus',
    decide_duration_us: 42.5,
    estimated_cost_nano_usd: '48000',
    estimated_latency_ms: 812.5,
    outcome: 'succeeded',
    error_type: 'timeout',
    attempts: 1,
    served_target: 'openai/gpt-5-mini',
    served_model: 'gpt-5-mini',
    served_provider: 'openai',
    cache: 'miss',
    coalesced: false,
    tokens_input: '1000',
    tokens_output: '200',
    tokens_cache_read: '100',
    tokens_cache_write: '10',
    tokens_reasoning: '50',
    cost_nano_usd: '650000',
    cost_source: 'config',
    price_version: '2026-11-01',
    time_to_first_chunk_ms: 310.25,
    malformed: 0,
    revision: 0,
  });
});

it('makes an attempt of an attempt span, with every attribute in a column', async () => {
  await test.store.insert('otel_traces', [routeSpan(), attemptSpan()]);
  const [{ received_at, ...attempt } = {}] = await test.select(
    `SELECT * FROM attempts WHERE decision_id = '${DECISION_ID}'`,
  );
  expect(attempt).toEqual({
    timestamp: toDateTime64(NOW_NANO + 123_456_789n),
    duration_ns: '1200000000',
    trace_id: '5b8efff798038103d269b633813fc60c',
    span_id: '00f067aa0ba902b7',
    service_name: 'checkout',
    service_instance_id: 'run-1',
    status_code: 'Unset',
    status_message: '',
    decision_id: DECISION_ID,
    tenant: 'acme',
    attempt_number: 1,
    outcome: 'failed',
    cause: 'first',
    target: 'openai/gpt-5-mini',
    operation_name: 'chat',
    provider_name: 'openai',
    server_address: 'api.openai.com',
    request_model: 'gpt-5-mini',
    request_stream: true,
    response_model: 'gpt-5-mini-2026-08-07',
    response_id: 'chatcmpl-1',
    finish_reasons: ['stop'],
    tokens_input: '1000',
    tokens_output: '200',
    tokens_cache_read: '100',
    tokens_cache_write: '10',
    tokens_reasoning: '50',
    cost_nano_usd: '650000',
    cost_source: 'config',
    price_version: '2026-11-01',
    error_type: 'timeout',
    http_status: 504,
    time_to_first_chunk_ms: 250,
    malformed: 0,
    revision: 0,
  });
});

it('has a column for every route attribute that Signalbox writes', async () => {
  const names = Object.entries(semconv)
    .filter(([constant]) => constant.startsWith('ATTR_SIGNALBOX_'))
    .map(([, name]) => String(name))
    .filter((name) => !/^signalbox\.(attempt|exclusion)\./.test(name));
  expect(
    names.filter((name) => !(name in ROUTE_ATTRIBUTES)),
    'missing in the fixture above',
  ).toEqual([]);

  const columns = await test.select(
    "SELECT name FROM system.columns WHERE database = currentDatabase() AND table = 'decisions'",
  );
  const found = new Set(columns.map(({ name }) => name));
  const columnOf = (name: string) =>
    name
      .replace('signalbox.', '')
      .replaceAll('.', '_')
      .replace(/^candidates$/, 'candidates.target');
  expect(names.filter((name) => !found.has(columnOf(name)))).toEqual([]);
});

it('leaves what a span does not say unknown', async () => {
  const only = (names: string[], attributes: Record<string, string>) =>
    Object.fromEntries(names.map((name) => [name, attributes[name] ?? '']));
  const SpanAttributes = {
    ...only(
      ['signalbox.decision.sequence', 'signalbox.policy.name', 'signalbox.policy.version'],
      ROUTE_ATTRIBUTES,
    ),
    'signalbox.decision.id': 'bare',
    'signalbox.outcome': 'failed',
  };
  await test.store.insert('otel_traces', [routeSpan({ SpanAttributes })]);
  const [decision = {}] = await test.select("SELECT * FROM decisions WHERE decision_id = 'bare'");
  const known = Object.entries(decision).filter(([, value]) => value !== null && String(value) !== '');
  expect(known.map(([column]) => column)).toEqual([
    'timestamp',
    'duration_ns',
    'trace_id',
    'service_name',
    'service_instance_id',
    'status_code',
    'decision_id',
    'decision_sequence',
    'policy_name',
    'policy_version',
    'outcome',
    'malformed',
    'received_at',
    'revision',
  ]);
});

it('shows a decision and its attempts once however often their spans arrive', async () => {
  const id = { 'signalbox.decision.id': 'again' };
  const spans = [
    routeSpan({ SpanAttributes: withAttributes(ROUTE_ATTRIBUTES, id) }),
    attemptSpan({ SpanAttributes: withAttributes(ATTEMPT_ATTRIBUTES, id) }),
    attemptSpan({
      SpanId: 'second',
      SpanAttributes: withAttributes(ATTEMPT_ATTRIBUTES, { ...id, 'signalbox.attempt.number': '2' }),
    }),
  ];
  await test.store.insert('otel_traces', spans);
  await test.store.insert('otel_traces', spans);
  for (const span of spans) await test.store.insert('otel_traces', [span]);
  const count = (table: string) =>
    test.select(`SELECT count() AS rows FROM ${table} WHERE decision_id = 'again'`);
  expect(await count('decisions')).toEqual([{ rows: '1' }]);
  expect(await count('attempts')).toEqual([{ rows: '2' }]);
});

it.each([
  ['of another scope', { ScopeName: 'other' }],
  ['of our scope without the attributes of ours', { SpanAttributes: { 'http.request.method': 'GET' } }],
  [
    'without a decision id',
    { SpanAttributes: withAttributes(ROUTE_ATTRIBUTES, { 'signalbox.decision.id': undefined }) },
  ],
])('makes no decision of a span %s', async (_, changes) => {
  const TraceId = `foreign ${JSON.stringify(changes).length}`;
  await test.store.insert('otel_traces', [
    routeSpan({ TraceId, ...changes }),
    attemptSpan({ TraceId, ...changes }),
  ]);
  const count = (table: string, column: string) =>
    test.select(`SELECT count() AS rows FROM ${table} WHERE ${column} = '${TraceId}'`);
  expect(await count('decisions', 'trace_id')).toEqual([{ rows: '0' }]);
  expect(await count('attempts', 'trace_id')).toEqual([{ rows: '0' }]);
  expect(await count('otel_traces', 'TraceId')).toEqual([{ rows: '2' }]);
});

it('lets a user read the views who may change no setting', async () => {
  const sql =
    'SELECT (SELECT count() FROM decisions) > 0 AS decisions, (SELECT count() FROM attempts) > 0 AS attempts';
  expect(await test.select(`${sql} SETTINGS readonly = 1`)).toEqual([{ decisions: 1, attempts: 1 }]);
});

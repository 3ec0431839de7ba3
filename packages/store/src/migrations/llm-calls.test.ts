import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as spans from '../__fixtures__/gen-ai-spans.js';
import {
  ATTEMPT_ATTRIBUTES,
  attemptSpan,
  NOW_NANO,
  ROUTE_ATTRIBUTES,
  routeSpan,
} from '../__fixtures__/spans.js';
import { startTestStore, type TestStore } from '../__fixtures__/start-test-store.js';
import { toDateTime64 } from '../rows/date-time64.js';
import type { TraceRow } from '../rows/trace-row.js';
import { migrate } from './migrate.js';

const { genAiSpan } = spans;
let test: TestStore;

beforeAll(async () => {
  test = await startTestStore();
  await migrate(test.store);
});
afterAll(() => test?.stop());

let traces = 0;

/** Inserts spans as one trace and returns the calls that came of them. */
async function callsOf(rows: TraceRow[], view = 'llm_calls') {
  traces += 1;
  const TraceId = `trace-${traces}`;
  await test.store.insert(
    'otel_traces',
    rows.map((row) => ({ ...row, TraceId })),
  );
  return test.select(`SELECT * FROM ${view} WHERE trace_id = '${TraceId}' ORDER BY span_id`);
}

const unknown = {
  tokens_cache_read: null,
  tokens_cache_write: null,
  tokens_reasoning: null,
  cost_nano_usd: null,
};

describe('a call told by', () => {
  it.each<[string, string, Record<string, string>, Record<string, unknown>]>([
    [
      'the newest conventions',
      'my-client',
      spans.GEN_AI_NEW,
      {
        instrumentation: 'gen-ai',
        operation: 'chat',
        provider: 'anthropic',
        model: 'claude-opus-5-20260801',
        request_model: 'claude-opus-5',
        request_stream: true,
        conversation_id: 'conversation-3',
        tokens_input: '1200',
        tokens_output: '300',
        tokens_cache_read: '1000',
        tokens_cache_write: '100',
        tokens_reasoning: '200',
        cost_nano_usd: null,
        time_to_first_chunk_ms: 250,
      },
    ],
    [
      'the old conventions',
      'opentelemetry.instrumentation.openai_v2',
      spans.GEN_AI_OLD,
      {
        ...unknown,
        instrumentation: 'gen-ai',
        provider: 'azure.ai.openai',
        model: 'gpt-4o-2024-08-06',
        request_stream: null,
        tokens_input: '40',
        tokens_output: '8',
        time_to_first_chunk_ms: null,
      },
    ],
    [
      'OpenLLMetry',
      'opentelemetry.instrumentation.anthropic',
      spans.OPENLLMETRY,
      {
        instrumentation: 'openllmetry',
        operation: 'chat',
        provider: 'anthropic',
        model: 'claude-haiku-5',
        request_stream: false,
        tokens_input: '1900',
        tokens_output: '70',
        tokens_cache_read: '1500',
        tokens_cache_write: '300',
      },
    ],
    [
      'OpenInference',
      'openinference.instrumentation.openai',
      spans.OPENINFERENCE,
      {
        instrumentation: 'openinference',
        operation: 'chat',
        provider: 'openai',
        model: 'gpt-5-mini',
        conversation_id: 'session-4',
        user_id: 'user-9',
        tokens_input: '500',
        tokens_output: '90',
        tokens_cache_read: '400',
        tokens_reasoning: '64',
        cost_nano_usd: '1230000',
      },
    ],
    [
      'the AI SDK before version 7, which counts the reasoning of Gemini beside the output',
      'ai',
      spans.AI_SDK,
      {
        ...unknown,
        instrumentation: 'ai-sdk',
        operation: 'chat',
        provider: 'gcp.gemini',
        model: 'gemini-3-flash',
        request_stream: true,
        tokens_input: '100',
        tokens_output: '50',
        tokens_reasoning: '30',
        time_to_first_chunk_ms: 180.5,
      },
    ],
    [
      '@ai-sdk/otel',
      'gen_ai',
      spans.AI_SDK_OTEL,
      {
        instrumentation: 'ai-sdk',
        operation: 'chat',
        provider: 'openai',
        model: 'gpt-5-2026-05-01',
        tokens_input: '3000',
        tokens_output: '700',
        tokens_cache_read: '2048',
        tokens_cache_write: '0',
        time_to_first_chunk_ms: 500,
      },
    ],
    [
      'OpenLIT',
      'openlit.otel.tracing',
      spans.OPENLIT,
      {
        instrumentation: 'openlit',
        operation: 'chat',
        provider: 'mistral_ai',
        model: 'mistral-large-2512',
        request_stream: false,
        tokens_input: '11',
        tokens_output: '22',
        cost_nano_usd: '45100',
        time_to_first_chunk_ms: 1250,
      },
    ],
  ])('%s becomes a row', async (_, scope, attributes, expected) => {
    const calls = await callsOf([genAiSpan(scope, attributes)]);
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({
      timestamp: toDateTime64(NOW_NANO + 123_456_789n),
      duration_ns: '1250000000',
      scope_name: scope,
      service_name: 'checkout',
      error_type: null,
      malformed: 0,
      ...expected,
    });
  });
});

describe('spans that make no row', () => {
  const usage = { 'gen_ai.usage.input_tokens': '5', 'gen_ai.usage.output_tokens': '5' };
  const agent = { ...usage, 'gen_ai.request.model': 'gpt-5', 'gen_ai.provider.name': 'openai' };
  it.each<[string, string, Record<string, string>]>([
    ['an agent', 'gen_ai', { ...agent, 'gen_ai.operation.name': 'invoke_agent' }],
    ['a step', 'gen_ai', { ...agent, 'gen_ai.operation.name': 'agent_step' }],
    ['a tool', 'gen_ai', { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'search' }],
    [
      'the embedding of many values',
      'gen_ai',
      { 'gen_ai.operation.name': 'embeddings', 'gen_ai.request.model': 'e' },
    ],
    ['generateText', 'ai', { ...spans.AI_SDK, 'ai.operationId': 'ai.generateText' }],
    ['streamObject', 'ai', { ...spans.AI_SDK, 'ai.operationId': 'ai.streamObject' }],
    ['a tool call of the AI SDK', 'ai', { 'ai.operationId': 'ai.toolCall' }],
    ['a workflow', 'traceloop.tracer', { ...usage, 'traceloop.span.kind': 'workflow' }],
    [
      'a chain',
      'openinference.instrumentation.langchain',
      { ...spans.OPENINFERENCE, 'openinference.span.kind': 'CHAIN' },
    ],
    ['a framework', 'openlit.otel.tracing', { ...spans.OPENLIT, 'gen_ai.operation.name': 'framework' }],
    ['an HTTP request', 'opentelemetry.instrumentation.httpx', { 'http.request.method': 'POST' }],
    ['an attempt of Signalbox', 'signalbox', ATTEMPT_ATTRIBUTES],
  ])('%s', async (_, scope, attributes) => {
    expect(await callsOf([genAiSpan(scope, attributes)])).toEqual([]);
  });
});

it('counts a call once below the wrappers that repeat its usage', async () => {
  const wrap = (operation: string) => ({ ...spans.AI_SDK_OTEL, 'gen_ai.operation.name': operation });
  const calls = await callsOf([
    genAiSpan('gen_ai', wrap('invoke_agent'), { SpanKind: 'Internal' }),
    genAiSpan('gen_ai', wrap('agent_step'), { SpanKind: 'Internal' }),
    genAiSpan('gen_ai', spans.AI_SDK_OTEL),
  ]);
  expect(calls.map(({ tokens_input }) => tokens_input)).toEqual(['3000']);
});

it.each<[string, Record<string, string>, Record<string, unknown>]>([
  ['an embedding', { 'gen_ai.operation.name': 'embeddings' }, { operation: 'embeddings' }],
  ['an embedding of OpenInference', { 'openinference.span.kind': 'EMBEDDING' }, { operation: 'embeddings' }],
  ['an embedding of the AI SDK', { 'ai.operationId': 'ai.embedMany.doEmbed' }, { operation: 'embeddings' }],
  ['a completion of OpenLLMetry', { 'llm.request.type': 'completion' }, { operation: 'text_completion' }],
  ['a client span that names no operation', { 'gen_ai.request.model': 'm' }, { operation: 'chat' }],
])('takes %s for a call', async (_, attributes, expected) => {
  expect(await callsOf([genAiSpan('x', attributes)])).toMatchObject([expected]);
});

describe('tokens', () => {
  const usage = (values: Record<string, string>) => ({
    'gen_ai.operation.name': 'chat',
    ...Object.fromEntries(Object.entries(values).map(([name, value]) => [`gen_ai.usage.${name}`, value])),
  });
  const read = 'cache_read.input_tokens';
  const write = 'cache_write.input_tokens';
  const reasoning = 'reasoning.output_tokens';
  it.each<[string, Record<string, string>, string | null, string | null]>([
    [
      'more cache than input',
      { input_tokens: '50', output_tokens: '9', [read]: '900', [write]: '50' },
      '1000',
      '9',
    ],
    [
      'a total that adds up with the cache',
      { input_tokens: '500', output_tokens: '9', [read]: '90', [write]: '10', total_tokens: '609' },
      '600',
      '9',
    ],
    [
      'a total that adds up without',
      { input_tokens: '500', output_tokens: '9', [read]: '90', total_tokens: '509' },
      '500',
      '9',
    ],
    ['no telling', { input_tokens: '500', output_tokens: '9', [read]: '90' }, '500', '9'],
    ['more reasoning than output', { input_tokens: '1', output_tokens: '9', [reasoning]: '40' }, '1', '49'],
    [
      'both beside',
      { input_tokens: '10', output_tokens: '20', [read]: '5', [reasoning]: '7', total_tokens: '42' },
      '15',
      '27',
    ],
    [
      'cache and reasoning of one size, one of them beside',
      { input_tokens: '10', output_tokens: '20', [read]: '5', [reasoning]: '5', total_tokens: '35' },
      '15',
      '20',
    ],
    ['cache without input', { [read]: '5' }, null, null],
    ['nothing', {}, null, null],
  ])('are whole with %s', async (_, values, input, output) => {
    expect(await callsOf([genAiSpan('x', usage(values))])).toMatchObject([
      { tokens_input: input, tokens_output: output, malformed: 0 },
    ]);
  });
});

it.each([
  ['openai.responses', 'openai'],
  ['anthropic.messages', 'anthropic'],
  ['google.vertex.chat', 'gcp.vertex_ai'],
  ['gcp.gemini', 'gcp.gemini'],
  ['Azure', 'azure.ai.openai'],
  ['azure.ai.inference', 'azure.ai.inference'],
  ['AWS', 'aws.bedrock'],
  ['aws.bedrock', 'aws.bedrock'],
  ['xai.chat', 'x_ai'],
  ['openairlines', 'openairlines'],
  ['My-Own', 'my-own'],
])('spells the provider %s as %s', async (said, provider) => {
  const attributes = { 'gen_ai.operation.name': 'chat', 'gen_ai.system': said };
  expect(await callsOf([genAiSpan('x', attributes)])).toMatchObject([{ provider }]);
});

it.each([
  ['models/gemini-3-pro', 'gemini-3-pro'],
  ['publishers/google/models/gemini-3-pro', 'gemini-3-pro'],
  ['meta/llama-4', 'meta/llama-4'],
])('names the model %s %s', async (said, model) => {
  const attributes = { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': said };
  expect(await callsOf([genAiSpan('x', attributes)])).toMatchObject([{ model, request_model: said }]);
});

it.each<[string, Partial<TraceRow>, string | null]>([
  ['a success', {}, null],
  [
    'the type that the span names',
    { SpanAttributes: { ...spans.GEN_AI_NEW, 'error.type': 'timeout' } },
    'timeout',
  ],
  ['a failure without a type', { StatusCode: 'Error' }, '_OTHER'],
  [
    'the exception of a failure',
    {
      StatusCode: 'Error',
      'Events.Timestamp': [toDateTime64(NOW_NANO)],
      'Events.Name': ['exception'],
      'Events.Attributes': [{ 'exception.type': 'RateLimitError' }],
    },
    'RateLimitError',
  ],
])('reads %s', async (_, changed, error_type) => {
  expect(await callsOf([genAiSpan('x', spans.GEN_AI_NEW, changed)])).toMatchObject([{ error_type }]);
});

it('reads the time to the first token from the event of OpenInference', async () => {
  const event = {
    'Events.Timestamp': [toDateTime64(NOW_NANO + 123_456_789n + 75_000_000n)],
    'Events.Name': ['First Token Stream Event'],
    'Events.Attributes': [{}],
  };
  expect(await callsOf([genAiSpan('x', spans.OPENINFERENCE, event)])).toMatchObject([
    { time_to_first_chunk_ms: 75 },
  ]);
});

it('leaves out a cost that is not in USD', async () => {
  const cost = { 'gen_ai.usage.cost.amount': '0.5', 'gen_ai.usage.cost.currency': 'EUR' };
  expect(await callsOf([genAiSpan('x', { ...spans.GEN_AI_NEW, ...cost })])).toMatchObject([
    { cost_nano_usd: null, malformed: 0 },
  ]);
});

it.each(['abc', 'NaN', '-1', '1.5e999', '99999999999999999999999999'])(
  'takes a span whose every number is %j, and counts them',
  async (text) => {
    const names = Object.keys(spans.GEN_AI_NEW).filter((name) => /usage|time_to/.test(name));
    const attributes = { ...spans.GEN_AI_NEW, ...Object.fromEntries(names.map((name) => [name, text])) };
    expect(await callsOf([genAiSpan('x', attributes)])).toMatchObject([
      {
        ...unknown,
        tokens_input: null,
        tokens_output: null,
        time_to_first_chunk_ms: null,
        malformed: names.length,
      },
    ]);
  },
);

it('tells routed calls from the others', async () => {
  const outer = genAiSpan('gen_ai', spans.AI_SDK_OTEL);
  const route = routeSpan({
    ParentSpanId: outer.SpanId,
    SpanAttributes: { ...ROUTE_ATTRIBUTES, 'signalbox.decision.id': 'routed' },
  });
  const attempt = attemptSpan({
    SpanAttributes: { ...ATTEMPT_ATTRIBUTES, 'signalbox.decision.id': 'routed' },
  });
  const inner = genAiSpan('openlit.otel.tracing', spans.OPENLIT, { ParentSpanId: attempt.SpanId });
  const other = genAiSpan('my-client', spans.GEN_AI_NEW);
  const rows = [outer, route, attempt, inner, other];
  expect(await callsOf(rows)).toHaveLength(3);
  expect((await callsOf(rows, 'llm_calls_unrouted')).map(({ span_id }) => span_id)).toEqual([other.SpanId]);
});

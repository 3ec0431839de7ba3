import { toDateTime64 } from '../rows/date-time64.js';
import type { TraceRow } from '../rows/trace-row.js';

/** The moment of the fixtures: a minute ago, whole milliseconds, so that no row is older than the tables keep. */
export const NOW_NANO = BigInt(Date.now() - 60_000) * 1_000_000n;

const CANDIDATES = [
  {
    target: 'openai/gpt-5-mini',
    eligible: true,
    excluded: null,
    score: 0.75,
    probability: 0.98,
    terms: { cost: 0.5, latency: 0.25 },
    signals: { firstChunkMs: 312.5, tokensPerSecond: 80, successRate: 0.99, circuit: 'closed' },
    estimatedCostNanoUsd: 48_000,
    estimatedLatencyMs: 812.5,
  },
  {
    target: 'anthropic/claude-opus',
    eligible: false,
    excluded: { reason: 'over-budget', detail: 'expected 1200000 nano-USD, limit 1000000' },
    score: null,
    probability: 0,
    terms: {},
    signals: null,
    estimatedCostNanoUsd: 1_200_000,
    estimatedLatencyMs: null,
  },
];

/** Every attribute of a route span, as the collector stores it. */
export const ROUTE_ATTRIBUTES: Record<string, string> = {
  'signalbox.decision.id': '019a9f3e-7d10-7cc3-98c4-dc0c0c07398f',
  'signalbox.decision.sequence': '1',
  'signalbox.policy.name': 'default',
  'signalbox.policy.version': 'sha256:4be1',
  'signalbox.strategy': 'balanced',
  'signalbox.route': 'code',
  'signalbox.route.patterns': '["function","type\\"script"]',
  'signalbox.task.type': 'coding',
  'signalbox.task.complexity': 'moderate',
  'signalbox.task.complexity_score': '0.4375',
  'signalbox.prompt.characters': '4321',
  'signalbox.prompt.tokens_estimated': '1080',
  'signalbox.candidates': JSON.stringify(CANDIDATES),
  'signalbox.selected.target': 'openai/gpt-5-mini',
  'signalbox.selected.model': 'gpt-5-mini',
  'signalbox.selected.provider': 'openai',
  'signalbox.propensity': '0.98',
  'signalbox.explored': 'false',
  'signalbox.confidence': '0.125',
  'signalbox.override': 'true',
  'signalbox.override.target': 'anthropic/claude-opus',
  'signalbox.decide.duration_us': '42.5',
  'signalbox.estimated.cost_nano_usd': '48000',
  'signalbox.estimated.latency_ms': '812.5',
  'signalbox.source': 'checkout',
  'signalbox.tenant': 'acme',
  'signalbox.outcome': 'succeeded',
  'signalbox.attempts': '1',
  'signalbox.served.target': 'openai/gpt-5-mini',
  'signalbox.served.model': 'gpt-5-mini',
  'signalbox.served.provider': 'openai',
  'signalbox.cache': 'miss',
  'signalbox.coalesced': 'false',
  'signalbox.tokens.input': '1000',
  'signalbox.tokens.output': '200',
  'signalbox.tokens.cache_read': '100',
  'signalbox.tokens.cache_write': '10',
  'signalbox.tokens.reasoning': '50',
  'signalbox.cost.nano_usd': '650000',
  'signalbox.cost.source': 'config',
  'signalbox.price.version': '2026-11-01',
  'signalbox.time_to_first_chunk_ms': '310.25',
  'user.id': 'user-7',
  'gen_ai.conversation.id': 'conversation-9',
  'error.type': 'timeout',
};

/** Every attribute of an attempt span. */
export const ATTEMPT_ATTRIBUTES: Record<string, string> = {
  'signalbox.decision.id': '019a9f3e-7d10-7cc3-98c4-dc0c0c07398f',
  'signalbox.attempt.number': '1',
  'signalbox.outcome': 'failed',
  'signalbox.tenant': 'acme',
  'signalbox.attempt.cause': 'first',
  'signalbox.attempt.target': 'openai/gpt-5-mini',
  'signalbox.attempt.cost_nano_usd': '650000',
  'signalbox.cost.source': 'config',
  'signalbox.price.version': '2026-11-01',
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-5-mini',
  'gen_ai.request.stream': 'true',
  'gen_ai.response.model': 'gpt-5-mini-2026-08-07',
  'gen_ai.response.id': 'chatcmpl-1',
  'gen_ai.response.finish_reasons': '["stop"]',
  'gen_ai.response.time_to_first_chunk': '0.25',
  'gen_ai.usage.input_tokens': '1000',
  'gen_ai.usage.output_tokens': '200',
  'gen_ai.usage.cache_read.input_tokens': '100',
  'gen_ai.usage.cache_write.input_tokens': '10',
  'gen_ai.usage.reasoning.output_tokens': '50',
  'http.response.status_code': '504',
  'error.type': 'timeout',
  'server.address': 'api.openai.com',
};

const SPAN: TraceRow = {
  Timestamp: toDateTime64(NOW_NANO + 123_456_789n),
  TraceId: '5b8efff798038103d269b633813fc60c',
  SpanId: 'eee19b7ec3c1b174',
  ParentSpanId: '',
  TraceState: '',
  SpanName: 'route default',
  SpanKind: 'Internal',
  ServiceName: 'checkout',
  ResourceAttributes: { 'service.name': 'checkout', 'service.instance.id': 'run-1' },
  ScopeName: 'signalbox',
  ScopeVersion: '0.1.0',
  SpanAttributes: ROUTE_ATTRIBUTES,
  Duration: 1_250_000_000n,
  StatusCode: 'Unset',
  StatusMessage: '',
  'Events.Timestamp': [],
  'Events.Name': [],
  'Events.Attributes': [],
  'Links.TraceId': [],
  'Links.SpanId': [],
  'Links.TraceState': [],
  'Links.Attributes': [],
};

export function routeSpan(overrides: Partial<TraceRow> = {}): TraceRow {
  return { ...SPAN, ...overrides };
}

export function attemptSpan(overrides: Partial<TraceRow> = {}): TraceRow {
  return {
    ...SPAN,
    SpanId: '00f067aa0ba902b7',
    ParentSpanId: SPAN.SpanId,
    SpanName: 'chat gpt-5-mini',
    SpanKind: 'Client',
    SpanAttributes: ATTEMPT_ATTRIBUTES,
    Duration: 1_200_000_000n,
    ...overrides,
  };
}

import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import * as semconv from '@signalbox/spec/semconv';
import { afterAll, describe, expect, it } from 'vitest';
import * as events from './__fixtures__/events.js';
import { playFullRequest, SIGNALS } from './__fixtures__/full-request.js';
import { createTestSdk } from './__fixtures__/test-sdk.js';
import { createTelemetry } from './create-telemetry.js';
import { VERSION } from './version.js';

const sdk = createTestSdk();
playFullRequest(createTelemetry(sdk));

afterAll(() => sdk.shutdown());

describe('the route span of a full request', () => {
  const span = sdk.span('route default');
  const expected: [string, unknown][] = [
    [semconv.ATTR_SIGNALBOX_DECISION_ID, events.DECISION_ID],
    [semconv.ATTR_SIGNALBOX_DECISION_SEQUENCE, 1],
    [semconv.ATTR_SIGNALBOX_POLICY_NAME, 'default'],
    [semconv.ATTR_SIGNALBOX_POLICY_VERSION, 'sha256-1'],
    [semconv.ATTR_SIGNALBOX_STRATEGY, 'cost-optimal'],
    [semconv.ATTR_SIGNALBOX_ROUTE, 'code'],
    [semconv.ATTR_SIGNALBOX_ROUTE_PATTERNS, ['function', 'class']],
    [semconv.ATTR_SIGNALBOX_TASK_TYPE, 'coding'],
    [semconv.ATTR_SIGNALBOX_TASK_COMPLEXITY, 'moderate'],
    [semconv.ATTR_SIGNALBOX_TASK_COMPLEXITY_SCORE, 0.4],
    [semconv.ATTR_SIGNALBOX_PROMPT_CHARACTERS, 5],
    [semconv.ATTR_SIGNALBOX_PROMPT_TOKENS_ESTIMATED, 2],
    [semconv.ATTR_SIGNALBOX_ANSWER_TOKENS_EXPECTED, 300],
    [semconv.ATTR_SIGNALBOX_ANSWER_TOKENS_MAX, 500],
    [semconv.ATTR_SIGNALBOX_NEEDS, ['tools', 'json']],
    [semconv.ATTR_SIGNALBOX_REQUESTED_MODEL, 'google/gemini-3-flash'],
    [semconv.ATTR_SIGNALBOX_REQUESTED_STRATEGY, 'cost-optimal'],
    [semconv.ATTR_SIGNALBOX_REQUESTED_PREFERENCES, [0.9, 0.1, 0.5]],
    [semconv.ATTR_SIGNALBOX_REQUESTED_RESIDENCY, ['eu']],
    [semconv.ATTR_SIGNALBOX_REQUESTED_MAX_COST_NANO_USD, 1_000_000],
    [semconv.ATTR_SIGNALBOX_REQUESTED_MAX_WORST_COST_NANO_USD, 9_000_000],
    [semconv.ATTR_SIGNALBOX_REQUESTED_MAX_COST_PER_1M_TOKENS_NANO_USD, 5_000_000_000],
    [semconv.ATTR_SIGNALBOX_REQUESTED_MAX_LATENCY_MS, 2500],
    [semconv.ATTR_SIGNALBOX_BUDGET_LEFT_NANO_USD, 70_000_000],
    [semconv.ATTR_SIGNALBOX_CANDIDATES, expect.stringContaining('"target":"google/gemini-3-flash"')],
    [semconv.ATTR_SIGNALBOX_SELECTED_TARGET, 'google/gemini-3-flash'],
    [semconv.ATTR_SIGNALBOX_SELECTED_MODEL, 'gemini-3-flash'],
    [semconv.ATTR_SIGNALBOX_SELECTED_PROVIDER, 'google'],
    [semconv.ATTR_SIGNALBOX_PROPENSITY, 0.99],
    [semconv.ATTR_SIGNALBOX_EXPLORED, false],
    [semconv.ATTR_SIGNALBOX_DRAW, 123_456_789],
    [semconv.ATTR_SIGNALBOX_STICKY_BY, 'conversation'],
    [semconv.ATTR_SIGNALBOX_STICKY_HELD, 'openai/gpt-5'],
    [semconv.ATTR_SIGNALBOX_ARM, 'canary'],
    [semconv.ATTR_SIGNALBOX_SHADOWS, ['openai/gpt-5']],
    [semconv.ATTR_SIGNALBOX_CONFIDENCE, 0.35],
    [semconv.ATTR_SIGNALBOX_OVERRIDE, true],
    [semconv.ATTR_SIGNALBOX_OVERRIDE_TARGET, 'openai/gpt-5'],
    [semconv.ATTR_SIGNALBOX_DECIDE_DURATION_US, 42.5],
    [semconv.ATTR_SIGNALBOX_ESTIMATED_COST_NANO_USD, 51_000],
    [semconv.ATTR_SIGNALBOX_ESTIMATED_LATENCY_MS, 901],
    [semconv.ATTR_SIGNALBOX_SOURCE, 'checkout'],
    [semconv.ATTR_SIGNALBOX_TENANT, 'acme'],
    [semconv.ATTR_USER_ID, 'user-1'],
    [semconv.ATTR_GEN_AI_CONVERSATION_ID, 'conversation-1'],
    [semconv.ATTR_SIGNALBOX_OUTCOME, 'succeeded'],
    [semconv.ATTR_SIGNALBOX_ATTEMPTS, 1],
    [semconv.ATTR_SIGNALBOX_SERVED_TARGET, 'google/gemini-3-flash'],
    [semconv.ATTR_SIGNALBOX_SERVED_MODEL, 'gemini-3-flash'],
    [semconv.ATTR_SIGNALBOX_SERVED_PROVIDER, 'google'],
    [semconv.ATTR_SIGNALBOX_TOKENS_INPUT, 100],
    [semconv.ATTR_SIGNALBOX_TOKENS_OUTPUT, 50],
    [semconv.ATTR_SIGNALBOX_TOKENS_CACHE_READ, 40],
    [semconv.ATTR_SIGNALBOX_TOKENS_CACHE_WRITE, 8],
    [semconv.ATTR_SIGNALBOX_TOKENS_REASONING, 20],
    [semconv.ATTR_SIGNALBOX_COST_NANO_USD, 48_000],
    [semconv.ATTR_SIGNALBOX_COST_SOURCE, 'config'],
    [semconv.ATTR_SIGNALBOX_PRICE_VERSION, 'sha256:1'],
    [semconv.ATTR_SIGNALBOX_TIME_TO_FIRST_CHUNK_MS, 130.5],
  ];

  it.each(expected)('carries %s', (name, value) => {
    expect(span.attributes[name]).toEqual(value);
  });

  it('carries nothing else', () => {
    expect(Object.keys(span.attributes).sort()).toEqual(expected.map(([name]) => name).sort());
  });

  it('is INTERNAL, with its status unset', () => {
    expect(span.kind).toBe(SpanKind.INTERNAL);
    expect(span.status).toEqual({ code: SpanStatusCode.UNSET });
  });

  it('holds every candidate with its terms, signals and exclusion as JSON', () => {
    expect(JSON.parse(String(span.attributes[semconv.ATTR_SIGNALBOX_CANDIDATES]))).toEqual([
      {
        target: 'google/gemini-3-flash',
        eligible: true,
        score: 0.75,
        probability: 0.99,
        terms: { cost: 0.5, quality: 0.25 },
        signals: SIGNALS,
        estimatedCostNanoUsd: 51_000,
        estimatedLatencyMs: 901,
      },
      {
        target: 'openai/gpt-5',
        eligible: false,
        excluded: { reason: 'over-request-limit', detail: 'expected 1200000 nano-USD, limit 1000000' },
        probability: 0,
        terms: {},
      },
    ]);
  });

  it('has the scope, version and schema URL of Signalbox', async () => {
    const scope = { name: semconv.SCOPE_NAME, version: VERSION, schemaUrl: semconv.SCHEMA_URL };
    expect(span.instrumentationScope).toEqual(scope);
    expect((await sdk.scopes()).map((metrics) => metrics.scope)).toEqual([scope]);
  });
});

describe('the attempt span of a full request', () => {
  const span = sdk.span('chat gemini-3-flash');
  const expected: [string, unknown][] = [
    [semconv.ATTR_GEN_AI_OPERATION_NAME, 'chat'],
    [semconv.ATTR_GEN_AI_PROVIDER_NAME, 'gcp.gemini'],
    [semconv.ATTR_GEN_AI_REQUEST_MODEL, 'gemini-3-flash'],
    [semconv.ATTR_GEN_AI_REQUEST_STREAM, true],
    [semconv.ATTR_GEN_AI_REQUEST_TEMPERATURE, 0.2],
    [semconv.ATTR_GEN_AI_REQUEST_TOP_P, 0.9],
    [semconv.ATTR_GEN_AI_REQUEST_MAX_TOKENS, 500],
    [semconv.ATTR_GEN_AI_CONVERSATION_ID, 'conversation-1'],
    [semconv.ATTR_SIGNALBOX_DECISION_ID, events.DECISION_ID],
    [semconv.ATTR_SIGNALBOX_TENANT, 'acme'],
    [semconv.ATTR_SIGNALBOX_ATTEMPT_NUMBER, 1],
    [semconv.ATTR_SIGNALBOX_ATTEMPT_CAUSE, 'first'],
    [semconv.ATTR_SIGNALBOX_ATTEMPT_TARGET, 'google/gemini-3-flash'],
    [semconv.ATTR_SIGNALBOX_ATTEMPT_COST_NANO_USD, 48_000],
    [semconv.ATTR_SIGNALBOX_COST_SOURCE, 'config'],
    [semconv.ATTR_SIGNALBOX_PRICE_VERSION, 'sha256:1'],
    [semconv.ATTR_SIGNALBOX_OUTCOME, 'succeeded'],
    [semconv.ATTR_GEN_AI_RESPONSE_ID, 'response-1'],
    [semconv.ATTR_GEN_AI_RESPONSE_MODEL, 'gemini-3-flash-001'],
    [semconv.ATTR_GEN_AI_RESPONSE_FINISH_REASONS, ['stop']],
    [semconv.ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK, 0.125],
    [semconv.ATTR_GEN_AI_USAGE_INPUT_TOKENS, 100],
    [semconv.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS, 50],
    [semconv.ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS, 40],
    [semconv.ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS, 8],
    [semconv.ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS, 20],
  ];

  it.each(expected)('carries %s', (name, value) => {
    expect(span.attributes[name]).toEqual(value);
  });

  it('carries nothing else', () => {
    expect(Object.keys(span.attributes).sort()).toEqual(expected.map(([name]) => name).sort());
  });

  it('is a CLIENT span below the route span, with its status unset', () => {
    expect(span.kind).toBe(SpanKind.CLIENT);
    expect(span.status).toEqual({ code: SpanStatusCode.UNSET });
    expect(span.parentSpanContext?.spanId).toBe(sdk.span('route default').spanContext().spanId);
  });
});

import { AlwaysOffSampler } from '@opentelemetry/sdk-trace';
import type { Listener } from '@signalbox/spec';
import * as semconv from '@signalbox/spec/semconv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as events from '../__fixtures__/events.js';
import { createTestSdk } from '../__fixtures__/test-sdk.js';
import { createTelemetry } from '../create-telemetry.js';

const FAST = 'google/gemini-3-flash';
const GEN_AI = {
  [semconv.ATTR_GEN_AI_OPERATION_NAME]: 'chat',
  [semconv.ATTR_GEN_AI_PROVIDER_NAME]: 'gcp.gemini',
  [semconv.ATTR_GEN_AI_REQUEST_MODEL]: 'gemini-3-flash',
};
const ANSWERED = { ...GEN_AI, [semconv.ATTR_GEN_AI_RESPONSE_MODEL]: 'gemini-3-flash-001' };
const HOW = {
  [semconv.ATTR_SIGNALBOX_POLICY_NAME]: 'default',
  [semconv.ATTR_SIGNALBOX_STRATEGY]: 'balanced',
};
const ROUTED = { ...HOW, [semconv.ATTR_SIGNALBOX_ROUTE]: 'code' };
const TASK = { [semconv.ATTR_SIGNALBOX_TASK_TYPE]: 'chat' };
const USAGE = { input: 100, output: 50, cacheRead: 40, cacheWrite: 8, reasoning: 20 };

/** One request that retries after a failure, one that is cancelled midway, one without a candidate. */
const play = (telemetry: Listener): void => {
  const start = () => {
    telemetry.onRequestStart?.(events.requestStart({ userId: 'user-1' }));
    telemetry.onDecisionMade?.(
      events.decisionMade({
        route: 'code',
        confidence: 0.35,
        selected: FAST,
        candidates: [
          events.candidate(FAST),
          events.candidate('openai/gpt-5', {
            eligible: false,
            excluded: { reason: 'circuit-open', detail: 'open' },
          }),
        ],
      }),
    );
  };
  const target = events.target(FAST);
  const overloaded = { type: 'overloaded', message: 'busy', status: 503 } as const;

  start();
  telemetry.onAttemptStart?.(events.attemptStart({ target }));
  telemetry.onAttemptEnd?.(events.attemptEnd({ status: 'failed', error: overloaded }, { durationMs: 500 }));
  telemetry.onAttemptStart?.(events.attemptStart({ target, attempt: 2, cause: 'retry', stream: true }));
  telemetry.onAttemptEnd?.(
    events.attemptEnd(
      { usage: USAGE, costNanoUsd: 48_000, responseModel: 'gemini-3-flash-001' },
      { attempt: 2, durationMs: 2000, timeToFirstChunkMs: 125 },
    ),
  );
  telemetry.onRequestEnd?.(events.requestEnd({ attempts: 2, served: FAST, costNanoUsd: 48_000 }, 2600));

  start();
  telemetry.onAttemptStart?.(events.attemptStart({ target, stream: true }));
  telemetry.onAttemptEnd?.(
    events.attemptEnd(
      { status: 'cancelled', usage: { ...USAGE, output: null } },
      { timeToFirstChunkMs: 250 },
    ),
  );
  telemetry.onRequestEnd?.(events.requestEnd({ status: 'cancelled', served: null }, 400));

  telemetry.onRequestStart?.(events.requestStart());
  telemetry.onRequestEnd?.(
    events.requestEnd(
      {
        status: 'failed',
        attempts: 0,
        served: null,
        error: { type: 'no-candidate', message: '', status: null },
      },
      1,
    ),
  );
};

describe('the metrics', () => {
  // Unsampled spans: metrics count every request all the same.
  const sdk = createTestSdk({ sampler: new AlwaysOffSampler() });
  beforeAll(() => play(createTelemetry(sdk)));
  afterAll(() => sdk.shutdown());

  const counted = (cause: string, outcome: object) => ({
    [semconv.ATTR_SIGNALBOX_ATTEMPT_CAUSE]: cause,
    [semconv.ATTR_SIGNALBOX_ATTEMPT_TARGET]: FAST,
    ...outcome,
  });
  const succeeded = { [semconv.ATTR_SIGNALBOX_OUTCOME]: 'succeeded' };
  const cancelled = { [semconv.ATTR_SIGNALBOX_OUTCOME]: 'cancelled' };
  const failed = (type: string) => ({
    [semconv.ATTR_SIGNALBOX_OUTCOME]: 'failed',
    [semconv.ATTR_ERROR_TYPE]: type,
  });
  const choice = {
    [semconv.ATTR_SIGNALBOX_SELECTED_TARGET]: FAST,
    [semconv.ATTR_SIGNALBOX_OVERRIDE]: false,
  };
  const noDecision = { [semconv.ATTR_SIGNALBOX_POLICY_NAME]: 'default', ...failed('no-candidate') };

  it.each([
    [
      semconv.METRIC_GEN_AI_CLIENT_INFERENCE_DURATION,
      [
        { attributes: { ...GEN_AI, [semconv.ATTR_ERROR_TYPE]: 'overloaded' }, value: 0.5 },
        { attributes: ANSWERED, value: 2 },
      ],
    ],
    [
      semconv.METRIC_GEN_AI_CLIENT_INFERENCE_TIME_TO_FIRST_CHUNK,
      [
        { attributes: ANSWERED, value: 0.125 },
        { attributes: GEN_AI, value: 0.25 },
      ],
    ],
    [
      semconv.METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_INPUT_TOKENS,
      [
        { attributes: ANSWERED, value: 100 },
        { attributes: GEN_AI, value: 100 },
      ],
    ],
    [semconv.METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_OUTPUT_TOKENS, [{ attributes: ANSWERED, value: 50 }]],
    [
      semconv.METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_CACHE_READ_INPUT_TOKENS,
      [
        { attributes: ANSWERED, value: 40 },
        { attributes: GEN_AI, value: 40 },
      ],
    ],
    [
      semconv.METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_CACHE_WRITE_INPUT_TOKENS,
      [
        { attributes: ANSWERED, value: 8 },
        { attributes: GEN_AI, value: 8 },
      ],
    ],
    [
      semconv.METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_REASONING_OUTPUT_TOKENS,
      [
        { attributes: ANSWERED, value: 20 },
        { attributes: GEN_AI, value: 20 },
      ],
    ],
    [
      semconv.METRIC_SIGNALBOX_ATTEMPTS,
      [
        { attributes: counted('first', failed('overloaded')), value: 1 },
        { attributes: counted('retry', succeeded), value: 1 },
        { attributes: counted('first', cancelled), value: 1 },
      ],
    ],
    [
      semconv.METRIC_SIGNALBOX_REQUESTS,
      [
        { attributes: { ...ROUTED, ...TASK, ...choice, ...succeeded }, value: 1 },
        { attributes: { ...ROUTED, ...TASK, ...choice, ...cancelled }, value: 1 },
        { attributes: noDecision, value: 1 },
      ],
    ],
    [
      semconv.METRIC_SIGNALBOX_REQUEST_DURATION,
      [
        { attributes: { ...ROUTED, ...succeeded }, value: 2.6 },
        { attributes: { ...ROUTED, ...cancelled }, value: 0.4 },
        { attributes: noDecision, value: 0.001 },
      ],
    ],
    [semconv.METRIC_SIGNALBOX_DECIDE_DURATION, [{ attributes: HOW, value: 85 }]],
    [semconv.METRIC_SIGNALBOX_DECISION_CONFIDENCE, [{ attributes: HOW, value: 0.7 }]],
    [
      semconv.METRIC_SIGNALBOX_COST,
      [{ attributes: { ...ROUTED, ...TASK, [semconv.ATTR_SIGNALBOX_SERVED_TARGET]: FAST }, value: 48_000 }],
    ],
    [
      semconv.METRIC_SIGNALBOX_EXCLUSIONS,
      [
        {
          attributes: {
            [semconv.ATTR_SIGNALBOX_EXCLUSION_TARGET]: 'openai/gpt-5',
            [semconv.ATTR_SIGNALBOX_EXCLUSION_REASON]: 'circuit-open',
          },
          value: 2,
        },
      ],
    ],
  ])('report %s', async (name, points) => {
    expect(await sdk.points(name)).toEqual(points);
  });

  it('are all of those that the vocabulary names, and no others', async () => {
    const names = (await sdk.scopes()).flatMap((scope) =>
      scope.metrics.map((metric) => metric.descriptor.name),
    );
    const documented = Object.entries(semconv).flatMap(([key, value]) =>
      key.startsWith('METRIC_') ? [value] : [],
    );
    expect(names.sort()).toEqual(documented.sort());
  });

  it.each([
    [semconv.METRIC_GEN_AI_CLIENT_INFERENCE_DURATION, 's', semconv.DURATION_SECONDS_BUCKETS],
    [semconv.METRIC_GEN_AI_CLIENT_INFERENCE_TIME_TO_FIRST_CHUNK, 's', semconv.DURATION_SECONDS_BUCKETS],
    [semconv.METRIC_SIGNALBOX_REQUEST_DURATION, 's', semconv.DURATION_SECONDS_BUCKETS],
    [semconv.METRIC_SIGNALBOX_DECIDE_DURATION, 'us', semconv.DECIDE_MICROSECONDS_BUCKETS],
    [semconv.METRIC_SIGNALBOX_DECISION_CONFIDENCE, '1', semconv.CONFIDENCE_BUCKETS],
  ])('put %s into the documented buckets', async (name, unit, buckets) => {
    const metric = await sdk.metric(name);
    expect(metric?.descriptor).toMatchObject({ unit, type: 'HISTOGRAM' });
    expect(metric?.dataPoints[0]?.value).toMatchObject({ buckets: { boundaries: buckets } });
  });
});

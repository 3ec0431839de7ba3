import { SpanStatusCode } from '@opentelemetry/api';
import type { AttemptFailure, Listener } from '@signalbox/spec';
import {
  ATTR_ERROR_TYPE,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_SIGNALBOX_ATTEMPT_CAUSE,
  ATTR_SIGNALBOX_ATTEMPTS,
  ATTR_SIGNALBOX_OUTCOME,
  ATTR_SIGNALBOX_SERVED_MODEL,
  ATTR_SIGNALBOX_STRATEGY,
} from '@signalbox/spec/semconv';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as events from './__fixtures__/events.js';
import { createTestSdk } from './__fixtures__/test-sdk.js';
import { createTelemetry } from './create-telemetry.js';

const OVERLOADED: AttemptFailure = {
  type: 'overloaded',
  message: 'the secret prompt is too much',
  status: 503,
};
const CANCELLED: AttemptFailure = { type: 'cancelled', message: 'aborted', status: null };

let sdk: ReturnType<typeof createTestSdk>;
let telemetry: Listener;

beforeEach(() => {
  sdk = createTestSdk();
  telemetry = createTelemetry(sdk);
});
afterEach(() => sdk.shutdown());

describe('a request that falls back', () => {
  beforeEach(() => {
    telemetry.onRequestStart?.(events.requestStart());
    telemetry.onDecisionMade?.(
      events.decisionMade({
        candidates: [events.candidate('openai/gpt-5-mini'), events.candidate('anthropic/claude-haiku-5')],
      }),
    );
    telemetry.onAttemptStart?.(events.attemptStart());
    telemetry.onAttemptEnd?.(events.attemptEnd({ status: 'failed', error: OVERLOADED }));
    telemetry.onAttemptStart?.(
      events.attemptStart({
        attempt: 2,
        cause: 'fallback',
        target: events.target('anthropic/claude-haiku-5'),
      }),
    );
    telemetry.onAttemptEnd?.(events.attemptEnd({}, { attempt: 2 }));
    telemetry.onRequestEnd?.(events.requestEnd({ attempts: 2, served: 'anthropic/claude-haiku-5' }));
  });

  it('has a child span for every attempt, only the first of them failed', () => {
    const route = sdk.span('route default');
    const first = sdk.span('chat gpt-5-mini');
    const second = sdk.span('chat claude-haiku-5');
    expect([first, second].map((span) => span.parentSpanContext?.spanId)).toEqual(
      Array(2).fill(route.spanContext().spanId),
    );
    expect(first.status.code).toBe(SpanStatusCode.ERROR);
    expect(first.attributes).toMatchObject({
      [ATTR_ERROR_TYPE]: 'overloaded',
      [ATTR_HTTP_RESPONSE_STATUS_CODE]: 503,
      [ATTR_SIGNALBOX_OUTCOME]: 'failed',
    });
    expect(second.status.code).toBe(SpanStatusCode.UNSET);
    expect(second.attributes).toMatchObject({ [ATTR_SIGNALBOX_ATTEMPT_CAUSE]: 'fallback' });
  });

  it('leaves the route span without an error, served by the second', () => {
    const { attributes, status } = sdk.span('route default');
    expect(status.code).toBe(SpanStatusCode.UNSET);
    expect(attributes).not.toHaveProperty([ATTR_ERROR_TYPE]);
    expect(attributes).toMatchObject({
      [ATTR_SIGNALBOX_OUTCOME]: 'succeeded',
      [ATTR_SIGNALBOX_ATTEMPTS]: 2,
      [ATTR_SIGNALBOX_SERVED_MODEL]: 'claude-haiku-5',
    });
  });
});

it('marks the route and the attempt of a failed request as errors, without the message of the provider', () => {
  telemetry.onRequestStart?.(events.requestStart());
  telemetry.onDecisionMade?.(events.decisionMade());
  telemetry.onAttemptStart?.(events.attemptStart());
  telemetry.onAttemptEnd?.(events.attemptEnd({ status: 'failed', error: OVERLOADED }));
  telemetry.onRequestEnd?.(events.requestEnd({ status: 'failed', served: null, error: OVERLOADED }));

  for (const span of sdk.spans()) {
    expect(span.status).toEqual({ code: SpanStatusCode.ERROR });
    expect(span.attributes).toMatchObject({
      [ATTR_ERROR_TYPE]: 'overloaded',
      [ATTR_SIGNALBOX_OUTCOME]: 'failed',
    });
    expect(span.events).toEqual([]);
    expect(JSON.stringify(span.attributes)).not.toContain('secret');
  }
  expect(sdk.spans()).toHaveLength(2);
});

it('ends the route span of a request without a candidate, with the little that is known', () => {
  telemetry.onRequestStart?.(events.requestStart());
  telemetry.onRequestEnd?.(
    events.requestEnd({
      status: 'failed',
      attempts: 0,
      served: null,
      error: { type: 'no-candidate', message: 'No candidate left', status: null },
    }),
  );

  const { attributes, status } = sdk.span('route default');
  expect(status.code).toBe(SpanStatusCode.ERROR);
  expect(attributes).toMatchObject({ [ATTR_ERROR_TYPE]: 'no-candidate', [ATTR_SIGNALBOX_ATTEMPTS]: 0 });
  expect(attributes).not.toHaveProperty([ATTR_SIGNALBOX_STRATEGY]);
});

it('takes a cancellation for no error', () => {
  telemetry.onRequestStart?.(events.requestStart());
  telemetry.onDecisionMade?.(events.decisionMade());
  telemetry.onAttemptStart?.(events.attemptStart());
  telemetry.onAttemptEnd?.(events.attemptEnd({ status: 'cancelled', error: CANCELLED }));
  telemetry.onRequestEnd?.(events.requestEnd({ status: 'cancelled', served: null, error: CANCELLED }));

  expect(sdk.spans()).toHaveLength(2);
  for (const span of sdk.spans()) {
    expect(span.status.code).toBe(SpanStatusCode.UNSET);
    expect(span.attributes).toMatchObject({ [ATTR_SIGNALBOX_OUTCOME]: 'cancelled' });
    expect(span.attributes).not.toHaveProperty([ATTR_ERROR_TYPE]);
  }
});

it('ends an attempt that is open when the request ends, as cancelled', () => {
  telemetry.onRequestStart?.(events.requestStart());
  telemetry.onAttemptStart?.(events.attemptStart());
  telemetry.onRequestEnd?.(events.requestEnd());

  const attempt = sdk.span('chat gpt-5-mini');
  expect(attempt.attributes).toMatchObject({ [ATTR_SIGNALBOX_OUTCOME]: 'cancelled' });
  expect(attempt.status.code).toBe(SpanStatusCode.UNSET);
});

it('leaves out what is unknown', () => {
  telemetry.onRequestStart?.(events.requestStart());
  telemetry.onDecisionMade?.(events.decisionMade());
  telemetry.onAttemptStart?.(events.attemptStart());
  telemetry.onAttemptEnd?.(events.attemptEnd());
  telemetry.onRequestEnd?.(events.requestEnd());

  const names = sdk.spans().flatMap((span) => Object.keys(span.attributes));
  expect(names).not.toEqual(
    expect.arrayContaining([
      expect.stringMatching(/tokens\.|usage\.|cost|first_chunk|stream|user\.id|conversation/),
    ]),
  );
  expect(sdk.spans().flatMap((span) => Object.values(span.attributes))).not.toContain(null);
});

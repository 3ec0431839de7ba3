import { context, metrics, type Span, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as events from './__fixtures__/events.js';
import { createTestSdk } from './__fixtures__/test-sdk.js';
import { createTelemetry, type Telemetry } from './create-telemetry.js';

const HEALTHY = { errors: 0, lastError: null, strayEvents: 0 };

const runRequest = (telemetry: Telemetry): void => {
  telemetry.onRequestStart?.(events.requestStart());
  telemetry.onDecisionMade?.(events.decisionMade());
  telemetry.onAttemptStart?.(events.attemptStart());
  telemetry.onAttemptEnd?.(events.attemptEnd());
  telemetry.onRequestEnd?.(events.requestEnd());
};

let sdk: ReturnType<typeof createTestSdk>;

beforeEach(() => {
  sdk = createTestSdk();
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
});

afterEach(async () => {
  context.disable();
  trace.disable();
  metrics.disable();
  await sdk.shutdown();
});

describe('context', () => {
  it('nests the route span below the span of the caller', () => {
    const telemetry = createTelemetry(sdk);
    const caller = sdk.tracerProvider.getTracer('test').startActiveSpan('caller', (span: Span) => {
      runRequest(telemetry);
      return span.spanContext();
    });
    const route = sdk.span('route default');
    expect(route.parentSpanContext?.spanId).toBe(caller.spanId);
    expect(route.spanContext().traceId).toBe(caller.traceId);
  });

  it('makes the attempt span active around the upstream call, also after an await', async () => {
    const telemetry = createTelemetry(sdk);
    telemetry.onRequestStart?.(events.requestStart());
    telemetry.onAttemptStart?.(events.attemptStart());
    await telemetry.runAttempt?.(events.DECISION_ID, 1, async () => {
      await Promise.resolve();
      sdk.tracerProvider.getTracer('test').startSpan('upstream').end();
    });
    telemetry.onAttemptEnd?.(events.attemptEnd());
    telemetry.onRequestEnd?.(events.requestEnd());

    expect(sdk.span('upstream').parentSpanContext?.spanId).toBe(
      sdk.span('chat gpt-5-mini').spanContext().spanId,
    );
    expect(trace.getActiveSpan()).toBeUndefined();
  });

  it.each([1, 7])('runs the call of attempt %i once and returns what it returns', (attempt) => {
    const telemetry = createTelemetry(sdk);
    telemetry.onRequestStart?.(events.requestStart());
    telemetry.onAttemptStart?.(events.attemptStart());
    let calls = 0;
    expect(telemetry.runAttempt?.(events.DECISION_ID, attempt, () => ++calls)).toBe(1);
    expect(calls).toBe(1);
  });

  it('passes on what the call throws, without calling again', () => {
    const telemetry = createTelemetry(sdk);
    telemetry.onRequestStart?.(events.requestStart());
    telemetry.onAttemptStart?.(events.attemptStart());
    let calls = 0;
    const fail = () => {
      calls += 1;
      throw new RangeError('upstream');
    };
    expect(() => telemetry.runAttempt?.(events.DECISION_ID, 1, fail)).toThrow(RangeError);
    expect(calls).toBe(1);
    expect(telemetry.dropped()).toEqual(HEALTHY);
  });

  it('makes the call without a span when the context manager is broken', () => {
    const telemetry = createTelemetry(sdk);
    telemetry.onRequestStart?.(events.requestStart());
    telemetry.onAttemptStart?.(events.attemptStart());
    class Broken extends AsyncLocalStorageContextManager {
      override with(): never {
        throw new Error('broken manager');
      }
    }
    context.disable();
    context.setGlobalContextManager(new Broken());
    expect(telemetry.runAttempt?.(events.DECISION_ID, 1, () => 'answer')).toBe('answer');
    expect(telemetry.dropped()).toMatchObject({ errors: 1, lastError: 'broken manager' });
  });
});

describe('events out of order', () => {
  it('ends each span exactly once, whatever is repeated, and counts the strays', () => {
    const telemetry = createTelemetry(sdk);
    const twice = <Event>(hear: ((event: Event) => void) | undefined, event: Event) => {
      hear?.(event);
      hear?.(event);
    };
    twice(telemetry.onRequestStart, events.requestStart());
    twice(telemetry.onDecisionMade, events.decisionMade());
    twice(telemetry.onAttemptStart, events.attemptStart());
    twice(telemetry.onAttemptEnd, events.attemptEnd());
    twice(telemetry.onRequestEnd, events.requestEnd());

    expect(sdk.spans().map((span) => span.name)).toEqual(['chat gpt-5-mini', 'route default']);
    expect(telemetry.dropped()).toEqual({ ...HEALTHY, strayEvents: 5 });
  });

  it('ignores an attempt that ends after its request', () => {
    const telemetry = createTelemetry(sdk);
    telemetry.onRequestStart?.(events.requestStart());
    telemetry.onAttemptStart?.(events.attemptStart());
    telemetry.onRequestEnd?.(events.requestEnd());
    telemetry.onAttemptEnd?.(events.attemptEnd());
    expect(sdk.spans()).toHaveLength(2);
    expect(telemetry.dropped().strayEvents).toBe(1);
  });

  it('keeps requests in flight apart', () => {
    const telemetry = createTelemetry(sdk);
    const other = { decisionId: 'other' };
    telemetry.onRequestStart?.(events.requestStart());
    telemetry.onRequestStart?.({ ...events.requestStart(), ...other });
    telemetry.onAttemptStart?.({ ...events.attemptStart(), ...other });
    telemetry.onRequestEnd?.(events.requestEnd());
    telemetry.onAttemptEnd?.({ ...events.attemptEnd(), ...other });
    telemetry.onRequestEnd?.({ ...events.requestEnd(), ...other });
    expect(telemetry.dropped()).toEqual(HEALTHY);
    expect(sdk.spans().map((span) => span.name)).toEqual([
      'route default',
      'chat gpt-5-mini',
      'route default',
    ]);
  });
});

it('swallows and counts what a broken SDK throws', () => {
  const tracerProvider = {
    getTracer: () => {
      throw new Error('no tracer');
    },
  };
  const telemetry = createTelemetry({ tracerProvider, meterProvider: sdk.meterProvider });
  runRequest(telemetry);
  expect(telemetry.dropped()).toEqual({ errors: 1, lastError: 'no tracer', strayEvents: 4 });
});

describe('without an SDK', () => {
  it('works and records nothing', async () => {
    const telemetry = createTelemetry();
    runRequest(telemetry);
    expect(telemetry.dropped()).toEqual(HEALTHY);
    expect(sdk.spans()).toEqual([]);
    expect(await sdk.scopes()).toEqual([]);
  });

  it('never serializes the candidates', () => {
    const telemetry = createTelemetry();
    telemetry.onRequestStart?.(events.requestStart());
    const poisoned = {
      terms: {
        toJSON: () => {
          throw new Error('serialized');
        },
      } as never,
    };
    telemetry.onDecisionMade?.(events.decisionMade({ candidates: [events.candidate('a/b', poisoned)] }));
    expect(telemetry.dropped()).toEqual(HEALTHY);
  });

  it('still hands the trace of the caller on to the upstream call', () => {
    const telemetry = createTelemetry();
    const caller = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1 };
    context.with(trace.setSpanContext(context.active(), caller), () => {
      telemetry.onRequestStart?.(events.requestStart());
      telemetry.onAttemptStart?.(events.attemptStart());
      const seen = telemetry.runAttempt?.(events.DECISION_ID, 1, () => trace.getActiveSpan()?.spanContext());
      expect(seen).toMatchObject(caller);
    });
  });

  it('begins to record as soon as an SDK is registered', async () => {
    const telemetry = createTelemetry();
    runRequest(telemetry);
    trace.setGlobalTracerProvider(sdk.tracerProvider);
    metrics.setGlobalMeterProvider(sdk.meterProvider);
    runRequest(telemetry);
    expect(sdk.spans()).toHaveLength(2);
    expect((await sdk.points('signalbox.requests')).map((point) => point.value)).toEqual([1]);
  });

  it('hears nothing when disabled', () => {
    expect(Object.keys(createTelemetry({ enabled: false }))).toEqual(['dropped']);
  });
});

import { logs } from '@opentelemetry/api';
import type { Feedback, FeedbackGiven } from '@signalbox/spec';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTestSdk } from './__fixtures__/test-sdk.js';
import { createTelemetry } from './create-telemetry.js';
import { globalLoggerProvider } from './global-logger-provider.js';
import { VERSION } from './version.js';

const GIVEN_AT = 1_795_000_000_123;
const feedbackGiven = (feedback: Partial<Feedback>, change: Partial<FeedbackGiven> = {}): FeedbackGiven => ({
  type: 'feedback-given',
  decisionId: 'decision-1',
  tenant: 'acme',
  userId: 'user-1',
  epochMs: GIVEN_AT,
  feedback: { satisfaction: null, accurate: null, overriddenTo: null, ...feedback },
  ...change,
});

let sdk: ReturnType<typeof createTestSdk>;
beforeEach(() => {
  sdk = createTestSdk();
});
afterEach(async () => {
  logs.disable();
  await sdk.shutdown();
});

const ABOUT = { 'signalbox.decision.id': 'decision-1', 'signalbox.tenant': 'acme', 'user.id': 'user-1' };

it.each<[Partial<Feedback>, Record<string, unknown>]>([
  [{ satisfaction: 0 }, { 'gen_ai.evaluation.name': 'satisfaction', 'gen_ai.evaluation.score.value': 0 }],
  [
    { accurate: true },
    {
      'gen_ai.evaluation.name': 'accuracy',
      'gen_ai.evaluation.score.label': 'accurate',
      'gen_ai.evaluation.score.value': 1,
    },
  ],
  [
    { accurate: false },
    {
      'gen_ai.evaluation.name': 'accuracy',
      'gen_ai.evaluation.score.label': 'inaccurate',
      'gen_ai.evaluation.score.value': 0,
    },
  ],
  [{ overriddenTo: 'a/b' }, { 'gen_ai.evaluation.name': 'override', 'gen_ai.evaluation.score.label': 'a/b' }],
])('writes an event for %j', (feedback, attributes) => {
  createTelemetry(sdk).onFeedbackGiven?.(feedbackGiven(feedback));
  expect(sdk.logs()).toHaveLength(1);
  const [record] = sdk.logs();
  expect(record?.eventName).toBe('gen_ai.evaluation.result');
  expect(record?.attributes).toEqual({ ...ABOUT, ...attributes });
  expect(record?.instrumentationScope).toMatchObject({ name: 'signalbox', version: VERSION });
  expect(record?.hrTime).toEqual([1_795_000_000, 123_000_000]);
});

it('writes one event for each thing that is said, and leaves out an unknown user', () => {
  const telemetry = createTelemetry(sdk);
  telemetry.onFeedbackGiven?.(
    feedbackGiven({ satisfaction: 0.5, accurate: false, overriddenTo: 'a/b' }, { userId: null }),
  );
  expect(sdk.logs().map(({ attributes }) => attributes['gen_ai.evaluation.name'])).toEqual([
    'satisfaction',
    'accuracy',
    'override',
  ]);
  for (const { attributes } of sdk.logs()) expect(attributes).not.toHaveProperty(['user.id']);
  expect(telemetry.dropped()).toMatchObject({ errors: 0, strayEvents: 0 });
});

it('writes to the global provider, also when it is registered later, and to nobody before', () => {
  const telemetry = createTelemetry();
  telemetry.onFeedbackGiven?.(feedbackGiven({ satisfaction: 1 }));
  expect(telemetry.dropped().errors).toBe(0);
  logs.setGlobalLoggerProvider(sdk.loggerProvider);
  telemetry.onFeedbackGiven?.(feedbackGiven({ satisfaction: 0 }));
  expect(sdk.logs().map(({ attributes }) => attributes['gen_ai.evaluation.score.value'])).toEqual([0]);
});

it('swallows and counts what a broken SDK throws', () => {
  const loggerProvider = {
    getLogger: () => {
      throw new Error('no logger');
    },
  };
  const telemetry = createTelemetry({ ...sdk, loggerProvider });
  telemetry.onFeedbackGiven?.(feedbackGiven({ satisfaction: 1 }));
  expect(telemetry.dropped()).toMatchObject({ errors: 1, lastError: 'no logger' });
});

it('says what is missing where the API of OpenTelemetry has no logs', () => {
  expect(() => globalLoggerProvider({})).toThrow('Feedback needs @opentelemetry/api 1.10 or newer.');
});

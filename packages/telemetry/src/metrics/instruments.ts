import { type Counter, type Histogram, type Meter, ValueType } from '@opentelemetry/api';
import {
  CONFIDENCE_BUCKETS,
  DECIDE_MICROSECONDS_BUCKETS,
  DURATION_SECONDS_BUCKETS,
  METRIC_GEN_AI_CLIENT_INFERENCE_DURATION,
  METRIC_GEN_AI_CLIENT_INFERENCE_TIME_TO_FIRST_CHUNK,
  METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_CACHE_READ_INPUT_TOKENS,
  METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_CACHE_WRITE_INPUT_TOKENS,
  METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_INPUT_TOKENS,
  METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_OUTPUT_TOKENS,
  METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_REASONING_OUTPUT_TOKENS,
  METRIC_SIGNALBOX_ATTEMPTS,
  METRIC_SIGNALBOX_COST,
  METRIC_SIGNALBOX_DECIDE_DURATION,
  METRIC_SIGNALBOX_DECISION_CONFIDENCE,
  METRIC_SIGNALBOX_EXCLUSIONS,
  METRIC_SIGNALBOX_REQUEST_DURATION,
  METRIC_SIGNALBOX_REQUESTS,
} from '@signalbox/spec/semconv';

/** Every instrument of Signalbox. `tokens` has one counter per kind of token, keyed as `TokenUsage` is. */
export type Instruments = {
  inferenceDuration: Histogram;
  timeToFirstChunk: Histogram;
  tokens: Readonly<Record<'input' | 'output' | 'cacheRead' | 'cacheWrite' | 'reasoning', Counter>>;
  attempts: Counter;
  requests: Counter;
  requestDuration: Histogram;
  decideDuration: Histogram;
  confidence: Histogram;
  exclusions: Counter;
  cost: Counter;
};

/** Makes all instruments on a meter, with the units and buckets that `@signalbox/spec/semconv` documents. */
export const createInstruments = (meter: Meter): Instruments => {
  const counter = (name: string, unit: string) =>
    meter.createCounter(name, { unit, valueType: ValueType.INT });
  const histogram = (name: string, unit: string, buckets: readonly number[]) =>
    meter.createHistogram(name, { unit, advice: { explicitBucketBoundaries: [...buckets] } });
  const seconds = (name: string) => histogram(name, 's', DURATION_SECONDS_BUCKETS);
  const tokens = (name: string) => counter(name, '{token}');

  return {
    inferenceDuration: seconds(METRIC_GEN_AI_CLIENT_INFERENCE_DURATION),
    timeToFirstChunk: seconds(METRIC_GEN_AI_CLIENT_INFERENCE_TIME_TO_FIRST_CHUNK),
    tokens: {
      input: tokens(METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_INPUT_TOKENS),
      output: tokens(METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_OUTPUT_TOKENS),
      cacheRead: tokens(METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_CACHE_READ_INPUT_TOKENS),
      cacheWrite: tokens(METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_CACHE_WRITE_INPUT_TOKENS),
      reasoning: tokens(METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_REASONING_OUTPUT_TOKENS),
    },
    attempts: counter(METRIC_SIGNALBOX_ATTEMPTS, '{attempt}'),
    requests: counter(METRIC_SIGNALBOX_REQUESTS, '{request}'),
    requestDuration: seconds(METRIC_SIGNALBOX_REQUEST_DURATION),
    decideDuration: histogram(METRIC_SIGNALBOX_DECIDE_DURATION, 'us', DECIDE_MICROSECONDS_BUCKETS),
    confidence: histogram(METRIC_SIGNALBOX_DECISION_CONFIDENCE, '1', CONFIDENCE_BUCKETS),
    exclusions: counter(METRIC_SIGNALBOX_EXCLUSIONS, '{candidate}'),
    cost: counter(METRIC_SIGNALBOX_COST, '{nano_usd}'),
  };
};

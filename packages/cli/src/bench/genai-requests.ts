import { SpanKind } from '@opentelemetry/api';
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { type ReadableSpan, TracerProvider } from '@opentelemetry/sdk-trace';
import { createRequest } from '@signalbox/router';
import { createSeededRandom, type Random, type Target } from '@signalbox/spec';
import { createTelemetry, type Telemetry } from '@signalbox/telemetry';
import { TARGETS } from './generated-population.js';

/** Spans in a request: what an OpenTelemetry SDK sends by default. */
const REQUEST_SPANS = 512;

const CAUSES = ['first', 'first', 'first', 'retry', 'fallback'] as const;

/** What to make: `spans` in all, in requests of 512 and a last one with the rest. */
export type GenAiLoad = { spans: number; serviceName: string; seed: number };

/**
 * OTLP requests in protobuf with the span of an upstream call each time, made by the telemetry that services have and an
 * OpenTelemetry SDK: some 900 bytes and 23 attributes for each span. No two spans are equal, and no two ids.
 */
export const createGenAiRequests = ({ spans, serviceName, seed }: GenAiLoad): Buffer[] => {
  const ended: ReadableSpan[] = [];
  const telemetry = createTelemetry({ tracerProvider: recordCalls(ended, serviceName) });
  const random = createSeededRandom(seed);
  const requests: Buffer[] = [];
  for (let made = 1; made <= spans; made += 1) {
    playCall(telemetry, made, random);
    if (ended.length < REQUEST_SPANS && made < spans) continue;
    requests.push(Buffer.from(ProtobufTraceSerializer.serializeRequest(ended) ?? []));
    ended.length = 0;
  }
  return requests;
};

const recordCalls = (ended: ReadableSpan[], serviceName: string): TracerProvider =>
  new TracerProvider({
    resource: resourceFromAttributes({
      'service.name': serviceName,
      'service.instance.id': 'ecaefc50-a0ba-490f-a48f-734c8604dfc1',
      'service.version': '2.14.0',
      'telemetry.sdk.language': 'nodejs',
    }),
    spanProcessors: [
      {
        onStart: () => undefined,
        // The route span around each call is of another size; it is the same work as in an application, and left out.
        onEnd: (span: ReadableSpan) => void (span.kind === SpanKind.CLIENT && ended.push(span)),
        forceFlush: () => Promise.resolve(),
        shutdown: () => Promise.resolve(),
      },
    ],
  });

const hexOf = (random: Random, digits: number): string =>
  Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join('');

const playCall = (telemetry: Telemetry, sequence: number, random: Random): void => {
  const upTo = (count: number): number => Math.floor(random() * count);
  const target = TARGETS[upTo(TARGETS.length)] ?? TARGETS[0];
  const [provider, model, inputPrice, outputPrice, , firstChunkMs] = target;
  const decisionId = `019aa123-${hexOf(random, 4)}-7${hexOf(random, 3)}-8${hexOf(random, 3)}-${hexOf(random, 12)}`;
  const [input, output] = [40 + upTo(4000), 10 + upTo(900)];
  const step = { decisionId, attempt: 1 };
  const request = createRequest({
    prompt: '',
    tenant: 'bench',
    conversationId: `thread-${hexOf(random, 16)}`,
  });
  telemetry.onRequestStart?.({
    ...{ type: 'request-start', decisionId, sequence, request },
    policy: { name: 'bench', version: '1' },
  });
  telemetry.onAttemptStart?.({
    ...{ type: 'attempt-start', ...step, stream: true },
    cause: CAUSES[upTo(CAUSES.length)] ?? 'first',
    target: targetOf(provider, model),
    settings: { temperature: null, topP: null, maxOutputTokens: 256 * (1 + upTo(8)) },
  });
  const told = {
    status: 'succeeded',
    usage: { input, output, cacheRead: upTo(input), cacheWrite: null, reasoning: upTo(output) },
    costNanoUsd: input * inputPrice + output * outputPrice,
    costSource: 'config',
    priceVersion: 'sha256:b6a7f3c49867',
    error: null,
  } as const;
  const timeToFirstChunkMs = firstChunkMs * (0.5 + random());
  telemetry.onAttemptEnd?.({
    ...{ type: 'attempt-end', ...step, durationMs: 0, timeToFirstChunkMs },
    outcome: {
      ...told,
      responseModel: model,
      responseId: `chatcmpl-${hexOf(random, 24)}`,
      finishReason: { unified: 'stop', raw: 'stop' },
    },
  });
  telemetry.onRequestEnd?.({
    ...{ type: 'request-end', decisionId, durationMs: 0 },
    outcome: { ...told, attempts: 1, served: `${provider}/${model}`, timeToFirstChunkMs },
  });
};

const targetOf = (provider: string, model: string): Target => ({
  id: `${provider}/${model}`,
  provider,
  model,
  price: null,
  contextTokens: null,
  maxOutputTokens: null,
  capabilities: [],
  quality: null,
  latency: null,
});

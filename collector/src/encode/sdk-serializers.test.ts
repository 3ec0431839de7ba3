import {
  type ISerializer,
  JsonLogsSerializer,
  JsonMetricsSerializer,
  JsonTraceSerializer,
  ProtobufLogsSerializer,
  ProtobufMetricsSerializer,
  ProtobufTraceSerializer,
} from '@opentelemetry/otlp-transformer';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type EncodedRows, encodeBody } from '../__fixtures__/encode-rows.js';
import { SIGNALS, type Signal } from '../signal.js';
import type { Encoding } from './create-request-encoder.js';

// What the OpenTelemetry JavaScript SDK sends, in both encodings: the rows must be the same.

const hrTime = fc.tuple(fc.integer({ min: 1, max: 4_000_000_000 }), fc.nat(999_999_999));
const hex = (bytes: number) =>
  fc
    .uint8Array({ minLength: bytes, maxLength: bytes })
    .map((array) => Buffer.from(array.fill(1, 0, 1)).toString('hex'));
const text = fc.string({ unit: 'binary', maxLength: 12 });

// Up to 2^53: the SDK writes larger whole numbers as integers that overflow. NaN is null in its JSON.
const number = fc.oneof(
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true, max: 2 ** 53, min: -(2 ** 53) }),
);
const attributeValue = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    text,
    number,
    fc.boolean(),
    fc.constant(null),
    fc.uint8Array({ maxLength: 5 }),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(text, tie('value'), { maxKeys: 3 }),
  ),
})).value;
const attributes = fc.dictionary(text, attributeValue, { maxKeys: 4 });

const resource = attributes.map((values) => ({
  attributes: { ...values, 'service.name': 'sdk' },
  schemaUrl: 'https://r',
}));
const scope = fc.record({ name: text, version: text, attributes, schemaUrl: fc.constant('https://s') });
const spanContext = fc.record({
  traceId: hex(16),
  spanId: hex(8),
  traceFlags: fc.nat(1),
  traceState: fc.option(
    text.map((state) => ({ serialize: () => state })),
    { nil: undefined },
  ),
});

const span = fc.record({
  spanContext: spanContext.map((context) => () => context),
  parentSpanContext: fc.option(spanContext, { nil: undefined }),
  name: text,
  kind: fc.nat(4),
  startTime: hrTime,
  endTime: hrTime,
  attributes,
  events: fc.array(fc.record({ name: text, time: hrTime, attributes }), { maxLength: 2 }),
  links: fc.array(fc.record({ context: spanContext, attributes }), { maxLength: 2 }),
  status: fc.record({ code: fc.nat(2), message: text }),
  resource,
  instrumentationScope: scope,
  droppedAttributesCount: fc.nat(9),
  droppedEventsCount: fc.nat(9),
  droppedLinksCount: fc.nat(9),
});

const logRecord = fc.record({
  hrTime,
  hrTimeObserved: hrTime,
  severityNumber: fc.nat(24),
  severityText: text,
  body: attributeValue,
  eventName: text,
  attributes,
  spanContext: fc.option(spanContext, { nil: undefined }),
  resource,
  instrumentationScope: scope,
  droppedAttributesCount: fc.nat(9),
});

const count = fc.maxSafeInteger().map(Math.abs);
const buckets = fc.record({ offset: fc.integer(), bucketCounts: fc.array(count, { maxLength: 4 }) });
const dataPoint = (value: fc.Arbitrary<unknown>) =>
  fc.array(fc.record({ attributes, startTime: hrTime, endTime: hrTime, value }), { maxLength: 2 });
const descriptor = (valueType: number) =>
  fc.record({ name: text, description: text, unit: text, valueType: fc.constant(valueType) });
const aggregationTemporality = fc.nat(1);
const metric = fc.oneof(
  // The numbers are the SDK's DataPointType: histogram 0, exponential histogram 1, gauge 2, sum 3; ValueType: int 0, double 1.
  fc.record({
    dataPointType: fc.constant(2),
    descriptor: descriptor(1),
    aggregationTemporality,
    dataPoints: dataPoint(number),
  }),
  fc.record({
    dataPointType: fc.constant(3),
    descriptor: descriptor(0),
    aggregationTemporality,
    isMonotonic: fc.boolean(),
    dataPoints: dataPoint(fc.maxSafeInteger()),
  }),
  fc.record({
    dataPointType: fc.constant(0),
    descriptor: descriptor(1),
    aggregationTemporality,
    dataPoints: dataPoint(
      fc.record({
        count,
        sum: fc.option(number, { nil: undefined }),
        min: fc.option(number, { nil: undefined }),
        max: fc.option(number, { nil: undefined }),
        buckets: fc.constant({ boundaries: [0.5, 1], counts: [1, 0, 2 ** 53 - 1] }),
      }),
    ),
  }),
  fc.record({
    dataPointType: fc.constant(1),
    descriptor: descriptor(1),
    aggregationTemporality,
    dataPoints: dataPoint(
      fc.record({
        count,
        sum: number,
        min: number,
        max: number,
        scale: fc.integer({ min: -10, max: 20 }),
        zeroCount: count,
        positive: buckets,
        negative: buckets,
      }),
    ),
  }),
);
const resourceMetrics = fc.record({
  resource,
  scopeMetrics: fc.array(fc.record({ scope, metrics: fc.array(metric, { maxLength: 3 }) }), { maxLength: 2 }),
});

type Serializer = ISerializer<never, unknown>;

const SERIALIZERS: Readonly<Record<Signal, Readonly<Record<Encoding, Serializer>>>> = {
  traces: { json: JsonTraceSerializer as Serializer, protobuf: ProtobufTraceSerializer as Serializer },
  metrics: { json: JsonMetricsSerializer as Serializer, protobuf: ProtobufMetricsSerializer as Serializer },
  logs: { json: JsonLogsSerializer as Serializer, protobuf: ProtobufLogsSerializer as Serializer },
};

const encodeData = (signal: Signal, encoding: Encoding, data: unknown): EncodedRows => {
  const body = SERIALIZERS[signal][encoding].serializeRequest(data as never);
  return encodeBody(signal, encoding, Buffer.from(body ?? []));
};

const DATA: Readonly<Record<Signal, fc.Arbitrary<unknown>>> = {
  traces: fc.array(span, { maxLength: 3 }),
  metrics: resourceMetrics,
  logs: fc.array(logRecord, { maxLength: 3 }),
};

it.each(SIGNALS)(
  'what the OpenTelemetry SDK sends as %s gives the same rows from both encodings',
  (signal) => {
    let rows = 0;
    fc.assert(
      fc.property(DATA[signal], (data) => {
        const fromProtobuf = encodeData(signal, 'protobuf', data);
        expect(fromProtobuf.message).toBe('');
        expect(encodeData(signal, 'json', data)).toEqual(fromProtobuf);
        rows += fromProtobuf.rows.length;
      }),
      { numRuns: 200 },
    );
    expect(rows).toBeGreaterThan(100);
  },
);

it('keeps each attribute of a span that the SDK sends', () => {
  const text = (value: unknown): string =>
    typeof value === 'string' || typeof value === 'boolean' ? String(value) : '';
  fc.assert(
    fc.property(span, (sent) => {
      const [row] = encodeData('traces', 'protobuf', [sent]).rows;
      const stored = row?.SpanAttributes as Record<string, string>;
      for (const [key, value] of Object.entries(sent.attributes)) {
        if (text(value) !== '') expect(stored[key]).toBe(text(value));
        else expect(stored).toHaveProperty([key]);
      }
      expect(row?.TraceId).toBe(sent.spanContext().traceId);
    }),
  );
});

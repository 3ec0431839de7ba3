import { describe, expect, it } from 'vitest';
import type { Json } from '../__fixtures__/arbitrary-request.js';
import { encodeProtobuf } from '../__fixtures__/encode-protobuf.js';
import { encodeJson } from '../__fixtures__/encode-rows.js';
import { lengthDelimited, varint } from '../__fixtures__/length-delimited.js';
import { MESSAGES } from '../__fixtures__/messages.js';
import { attributesJson, logsJson, metricsJson, spanJson, tracesJson } from '../__fixtures__/requests.js';
import { MAX_VALUE_DEPTH } from '../otlp/limits.js';
import { span as spanMessage } from '../otlp/traces.js';
import type { Signal } from '../signal.js';
import { createRequestEncoder, type Encoding } from './create-request-encoder.js';

const encode = createRequestEncoder();

const refusal = (signal: Signal, encoding: Encoding, body: Buffer) =>
  encode({ signal, encoding, body, receivedAtMs: 0 });

const many = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ key: `k${index}`, value: { intValue: index } }));

const nestedArrays = (depth: number): Json => {
  let value: Json = {};
  for (let level = 0; level < depth; level += 1) value = { arrayValue: { values: [value] } };
  return value;
};

const nestedMaps = (depth: number): Json => {
  let value: Json = {};
  for (let level = 0; level < depth; level += 1) value = { kvlistValue: { values: [{ key: 'k', value }] } };
  return value;
};

describe.each([
  ['arrays', nestedArrays],
  ['key-value lists', nestedMaps],
])('%s inside each other', (_what, nested) => {
  it.each<Encoding>(['json', 'protobuf'])('are taken to the limit in %s and refused beyond', (encoding) => {
    const body = (depth: number) => {
      const json = tracesJson([spanJson({ attributes: [{ key: 'a', value: nested(depth) }] })]);
      return encoding === 'json'
        ? Buffer.from(JSON.stringify(json))
        : encodeProtobuf(json as Json, MESSAGES.traces);
    };
    // The innermost empty value is a level of its own.
    expect(refusal('traces', encoding, body(MAX_VALUE_DEPTH - 1)).status).toBe('encoded');
    expect(refusal('traces', encoding, body(MAX_VALUE_DEPTH))).toMatchObject({
      status: 'malformed',
      reason: expect.stringContaining('an attribute value is nested more than 32 levels deep'),
    });
  });
});

describe('nesting of 100,000 levels', () => {
  it.each([
    ['brackets', '['.repeat(100_000), 'expected an object'],
    ['objects', '{"a":'.repeat(100_000), 'nested more than 256 levels'],
    ['brackets in an unknown field', `{"unknown":${'['.repeat(100_000)}`, 'nested more than 256 levels'],
    ['brackets in a wrong place', `{"resourceSpans":${'['.repeat(100_000)}`, 'expected an object'],
  ])('of %s is refused in JSON', (_what, body, reason) => {
    expect(refusal('traces', 'json', Buffer.from(body))).toMatchObject({
      status: 'malformed',
      reason: expect.stringContaining(reason),
    });
  });

  it('of values is refused in protobuf', () => {
    let value: Buffer = Buffer.alloc(0);
    for (let level = 0; level < 5_000; level += 1) value = lengthDelimited(5, lengthDelimited(1, value));
    const span = encodeProtobuf(spanJson() as Json, spanMessage);
    const attribute = lengthDelimited(9, lengthDelimited(2, value));
    const body = lengthDelimited(1, lengthDelimited(2, lengthDelimited(2, Buffer.concat([span, attribute]))));
    expect(refusal('traces', 'protobuf', body)).toMatchObject({ status: 'malformed' });
  });

  it('of unknown groups is refused in protobuf', () => {
    const start = varint((1000 << 3) | 3);
    const body = Buffer.concat(Array.from({ length: 100_000 }, () => start));
    expect(refusal('traces', 'protobuf', body)).toMatchObject({
      status: 'malformed',
      reason: expect.stringContaining('groups are nested too deep'),
    });
  });
});

describe('one item too many', () => {
  it.each<[Signal, number]>([
    ['traces', 2],
    ['logs', 2],
    ['metrics', 2],
  ])('of %s is refused while it is counted', (signal, number) => {
    const items = Buffer.alloc(2 * 100_001, Buffer.from([(number << 3) | 2, 0]));
    const body = lengthDelimited(1, lengthDelimited(2, items));
    expect(refusal(signal, 'protobuf', body)).toEqual({
      status: 'too-large',
      reason: 'more than 100000 items in one request: send smaller batches',
    });
  });

  it('is counted over all scopes and all metrics', () => {
    const points = { dataPoints: [{ asInt: 1 }, { asInt: 2 }] };
    const metrics = [{ gauge: points }, { gauge: points }];
    const options = { limits: { maxItems: 6 } };
    expect(encodeJson('metrics', metricsJson(metrics), options).rows).toHaveLength(4);
    expect(() => encodeJson('metrics', metricsJson(metrics), { limits: { maxItems: 5 } })).toThrow(
      'too-large',
    );
  });

  it.each([1, 2])('does not hide in empty messages of level %i', (level) => {
    const empty = Buffer.alloc(2 * 100_001, Buffer.from([(level << 3) | 2, 0]));
    const body = level === 1 ? empty : lengthDelimited(1, empty);
    expect(refusal('traces', 'protobuf', body)).toMatchObject({ status: 'too-large' });
  });
});

describe('more than a limit', () => {
  const limits = { maxAttributes: 4, maxEvents: 2, maxRowBytes: 4_000 };
  const spans = (...fields: object[]) =>
    encodeJson('traces', tracesJson(fields.map((each) => spanJson(each))), { limits });

  it.each<[string, object, string]>([
    ['attributes', { attributes: many(5) }, 'more than 4 attributes'],
    ['attributes of an event', { events: [{ attributes: many(5) }] }, 'more than 4 attributes'],
    ['attributes of a link', { links: [{ attributes: many(5) }] }, 'more than 4 attributes'],
    ['events', { events: [{}, {}, {}] }, 'more than 2 events'],
    ['links', { links: [{}, {}, {}] }, 'more than 2 links'],
    [
      'entries of a value',
      { attributes: [{ key: 'a', value: { kvlistValue: { values: many(5) } } }] },
      'a key-value list has more than 4 entries',
    ],
    ['bytes', { name: 'x'.repeat(4_000) }, 'a row is larger than 4000 bytes'],
    [
      'bytes of attributes',
      { attributes: attributesJson({ a: { stringValue: 'x'.repeat(4_001) } }) },
      'a row is larger than 4000 bytes',
    ],
  ])('of %s costs only its span', (_what, fields, reason) => {
    const good = { name: 'two', attributes: many(4), events: [{}, {}] };
    const { rows, message } = spans({ name: 'one' }, fields, good);
    expect(rows).toMatchObject([{ SpanName: 'one' }, { SpanName: 'two' }]);
    expect(message).toBe(`1 rejected: ${reason} (1)`);
  });

  it('of a resource or a scope costs its items', () => {
    const resource = { attributes: many(5) };
    expect(encodeJson('logs', logsJson([{}, {}], resource), { limits })).toMatchObject({
      rows: [],
      message: '2 rejected: its resource has more than 4 attributes (2)',
    });
    const scopes = [{ scope: { attributes: many(5) }, logRecords: [{}] }, { logRecords: [{}] }];
    expect(encodeJson('logs', { resourceLogs: [{ scopeLogs: scopes }] }, { limits })).toMatchObject({
      rows: [{}],
      message: '1 rejected: its scope has more than 4 attributes (1)',
    });
  });

  it('of exemplars or quantiles costs its data point', () => {
    const metrics = [
      { gauge: { dataPoints: [{ asInt: 1, exemplars: [{}, {}, {}] }] } },
      { summary: { dataPoints: [{ quantileValues: [{}, {}, {}] }] } },
    ];
    expect(encodeJson('metrics', metricsJson(metrics), { limits })).toMatchObject({
      rows: [],
      message: '2 rejected: more than 2 exemplars (1); more than 2 quantiles (1)',
    });
  });

  it('of buckets costs its data point', () => {
    const bucketCounts = Array.from({ length: 501 }, () => 1);
    const dataPoints = [{ positive: { bucketCounts } }, {}];
    const { rows, message } = encodeJson('metrics', metricsJson([{ exponentialHistogram: { dataPoints } }]), {
      limits,
    });
    expect(rows).toHaveLength(1);
    expect(message).toBe('1 rejected: a row is larger than 4000 bytes (1)');
  });

  it('in all rows together refuses the request', () => {
    const resource = { attributes: attributesJson({ large: { stringValue: 'x'.repeat(1_000) } }) };
    const options = { limits: { maxRequestBytes: 10_000 } };
    const records = (count: number) =>
      logsJson(
        Array.from({ length: count }, () => ({})),
        resource,
      );
    expect(encodeJson('logs', records(5), options).rows).toHaveLength(5);
    expect(() => encodeJson('logs', records(10), options)).toThrow(
      'too-large: the rows of one request take more than 10000 bytes: send smaller batches',
    );
  });
});

describe('text that is too long', () => {
  const limits = { maxKeyBytes: 8, maxValueBytes: 10 };
  const attributes = (...list: object[]) =>
    encodeJson('logs', logsJson([{ attributes: list }]), { limits }).rows[0]?.LogAttributes;
  const value = (text: string) => ({ key: 'k', value: { stringValue: text } });

  it.each([
    ['at the limit', '0123456789', '0123456789'],
    ['beyond it', '0123456789a', '0123456789…[cut, was 11 bytes]'],
    ['before a character that the limit goes through', '01234567é9', '01234567é…[cut, was 11 bytes]'],
    ['before another one', '012345678é', '012345678…[cut, was 11 bytes]'],
  ])('is cut with a note of its length: %s', (_what, text, stored) => {
    expect(attributes(value(text))).toEqual({ k: stored });
  });

  it.each<[string, object, string]>([
    ['bytes', { bytesValue: 'AAAAAAAAAAAA' }, 'AAAAAAAAAA…[cut, was 12 bytes]'],
    [
      'an array',
      { arrayValue: { values: [{ stringValue: '0123456789' }] } },
      '["01234567…[cut, was 14 bytes]',
    ],
    [
      'bytes in an array',
      { arrayValue: { values: [{ bytesValue: 'AAAAAAAAAAAA' }] } },
      '["AAAAAAAA…[cut, was 16 bytes]',
    ],
  ])('may be that of %s', (_what, given, stored) => {
    expect(attributes({ key: 'k', value: given })).toEqual({ k: stored });
  });

  it('may be a key', () => {
    expect(attributes({ key: '123456789', value: { intValue: 1 } })).toEqual({
      '12345678…[cut, was 9 bytes]': '1',
    });
  });

  it('may be a name or a body', () => {
    const long = 'x'.repeat(11);
    const span = spanJson({ name: long, traceState: long, status: { message: long } });
    const cut = 'xxxxxxxxxx…[cut, was 11 bytes]';
    expect(encodeJson('traces', tracesJson([span]), { limits }).rows).toMatchObject([
      { SpanName: cut, TraceState: cut, StatusMessage: cut },
    ]);
    expect(encodeJson('logs', logsJson([{ body: { stringValue: long } }]), { limits }).rows).toMatchObject([
      { Body: cut },
    ]);
  });

  it('is cut when it has 60 million characters', () => {
    const body = { stringValue: 'x'.repeat(60_000_000) };
    const [row] = encodeJson('logs', logsJson([{ body }])).rows;
    expect(row?.Body).toHaveLength(65_536 + '…[cut, was 60000000 bytes]'.length);
  });
});

import protobuf from 'protobufjs/minimal.js';
import { describe, expect, it } from 'vitest';
import type { Json } from '../__fixtures__/arbitrary-request.js';
import { encodeProtobuf } from '../__fixtures__/encode-protobuf.js';
import { createRejections } from '../rejections.js';
import { decodeRequest, type Encoding } from './decode-request.js';
import type { Message } from './field.js';
import { MAX_ELEMENTS, MAX_VALUE_DEPTH } from './limits.js';
import { exportMetricsRequest } from './metrics.js';
import { exportTraceRequest } from './traces.js';

const decode = (body: string | Buffer, encoding: Encoding, message: Message = exportTraceRequest) =>
  decodeRequest({
    body: Buffer.from(body),
    encoding,
    message,
    rejections: createRejections(),
  });

/** A span with one attribute whose arrays are nested `depth` deep around an empty value. */
const nestedArrays = (depth: number): Json => {
  let value: Json = {};
  for (let level = 0; level < depth; level += 1) value = { arrayValue: { values: [value] } };
  return { resourceSpans: [{ scopeSpans: [{ spans: [{ attributes: [{ key: 'a', value }] }] }] }] };
};

const nestedMaps = (depth: number): Json => {
  let value: Json = {};
  for (let level = 0; level < depth; level += 1) value = { kvlistValue: { values: [{ key: 'k', value }] } };
  return { resourceSpans: [{ resource: { attributes: [{ key: 'a', value }] } }] };
};

describe.each([
  ['arrays', nestedArrays],
  ['key-value lists', nestedMaps],
])('%s inside each other', (_what, nested) => {
  it.each<[Encoding]>([['json'], ['protobuf']])(
    'are taken to the limit in %s and refused beyond',
    (encoding) => {
      const encode = (json: Json) =>
        encoding === 'json' ? JSON.stringify(json) : encodeProtobuf(json, exportTraceRequest);
      // The innermost empty value is a level of its own.
      expect(decode(encode(nested(MAX_VALUE_DEPTH - 1)), encoding).status).toBe('decoded');
      expect(decode(encode(nested(MAX_VALUE_DEPTH)), encoding)).toMatchObject({
        status: 'malformed',
        reason: expect.stringContaining('an attribute value is nested more than 32 levels deep'),
      });
    },
  );
});

describe('nesting of 100,000 levels', () => {
  it.each([
    ['brackets', '['.repeat(100_000)],
    ['objects', '{"a":'.repeat(100_000)],
    ['brackets in an unknown field', `{"unknown":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  ])('of %s is refused before JSON is parsed', (_what, body) => {
    expect(decode(body, 'json')).toEqual({
      status: 'malformed',
      reason: 'JSON is nested more than 256 levels deep',
    });
  });

  it('of messages is refused in protobuf', () => {
    let value: Buffer = Buffer.alloc(0);
    // A length that grows by a few bytes per level; the innermost levels are enough to pass the limit.
    for (let level = 0; level < 5_000; level += 1) value = field(5, field(1, value));
    const body = field(1, field(2, field(2, field(9, field(2, value)))));
    expect(decode(body, 'protobuf')).toMatchObject({ status: 'malformed' });
  });

  it('of unknown groups is refused in protobuf', () => {
    // Field 1000, start of a group.
    const start = protobuf.Writer.create()
      .uint32((1000 << 3) | 3)
      .finish();
    const body = Buffer.concat(Array.from({ length: 100_000 }, () => start));
    expect(decode(body, 'protobuf')).toMatchObject({ status: 'malformed', reason: /max depth exceeded/ });
  });
});

describe('elements', () => {
  it('are bounded in protobuf while it is read', () => {
    const spans = Buffer.alloc(2 * (MAX_ELEMENTS + 1), Buffer.from([0x12, 0]));
    const body = field(1, field(2, spans));
    expect(decode(body, 'protobuf')).toEqual({
      status: 'too-large',
      reason: 'more than 1000000 elements in one request: send smaller batches',
    });
  });

  it('are bounded in packed lists, whose numbers take one byte each', () => {
    const counts = field(2, Buffer.alloc(MAX_ELEMENTS + 1));
    const metric = field(10, field(1, field(8, counts)));
    const body = field(1, field(2, field(2, metric)));
    expect(decode(body, 'protobuf', exportMetricsRequest)).toMatchObject({ status: 'too-large' });
  });

  it.each([
    ['objects', '{},', '{}'],
    ['numbers', '0,', '0'],
    ['lists', '[],', '[]'],
  ])('of JSON are bounded before it is parsed: %s', (_what, element, last) => {
    const body = `{"unknown":[${element.repeat(4 * MAX_ELEMENTS)}${last}]}`;
    expect(decode(body, 'json')).toEqual({
      status: 'too-large',
      reason: 'more than 4000000 JSON elements in one request: send smaller batches',
    });
  });

  it('are not counted in text', () => {
    const name = ',[{"\\'.repeat(500_000);
    const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ scope: { name } }] }] });
    expect(decode(body, 'json')).toMatchObject({
      request: { resourceSpans: [{ scopeSpans: [{ scope: { name } }] }] },
    });
  });
});

/** A length-delimited field. */
function field(number: number, content: Buffer): Buffer {
  const head = protobuf.Writer.create()
    .uint32((number << 3) | 2)
    .uint32(content.length)
    .finish();
  return Buffer.concat([head, content]);
}

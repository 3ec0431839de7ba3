import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryMessage } from '../__fixtures__/arbitrary-request.js';
import { encodeProtobuf } from '../__fixtures__/encode-protobuf.js';
import { spanJson, tracesJson } from '../__fixtures__/requests.js';
import { createRejections } from '../rejections.js';
import { decodeRequest, type Encoding } from './decode-request.js';
import type { Message } from './field.js';
import { exportLogsRequest } from './logs.js';
import { exportMetricsRequest } from './metrics.js';
import { exportTraceRequest } from './traces.js';

const REQUESTS: readonly [string, Message][] = [
  ['traces', exportTraceRequest],
  ['metrics', exportMetricsRequest],
  ['logs', exportLogsRequest],
];

const decode = <Value>(body: string | Buffer, encoding: Encoding, message: Message<Value>) =>
  decodeRequest({ body: Buffer.from(body), encoding, message, rejections: createRejections() });

describe.each(REQUESTS)('a %s request', (_signal, message) => {
  it('is the same in memory from JSON and from protobuf', () => {
    fc.assert(
      fc.property(arbitraryMessage(message), (json) => {
        const fromJson = decode(JSON.stringify(json), 'json', message);
        expect(fromJson.status).toBe('decoded');
        expect(decode(encodeProtobuf(json, message), 'protobuf', message)).toEqual(fromJson);
      }),
      { numRuns: 200 },
    );
  });

  it('is decoded or refused, never thrown over, whatever the bytes', () => {
    const valid = arbitraryMessage(message).map((json) => encodeProtobuf(json, message));
    const noise = fc.tuple(fc.nat(), fc.nat(255));
    fc.assert(
      fc.property(valid, fc.array(noise, { maxLength: 4 }), fc.nat(), (body, changes, cut) => {
        const bytes = Buffer.from(body);
        for (const [at, byte] of changes) bytes[at % (bytes.length || 1)] = byte;
        const mutated = cut % 3 === 0 ? bytes.subarray(0, cut % (bytes.length + 1)) : bytes;
        expect(['decoded', 'malformed']).toContain(decode(mutated, 'protobuf', message).status);
      }),
      { numRuns: 300 },
    );
  });

  it('is decoded or refused, never thrown over, whatever the text', () => {
    const valid = arbitraryMessage(message).map((json) => JSON.stringify(json));
    const mutated = fc.tuple(valid, fc.nat(), fc.string({ maxLength: 3 })).map(([text, at, insert]) => {
      const index = at % (text.length + 1);
      return text.slice(0, index) + insert + text.slice(index + insert.length);
    });
    fc.assert(
      fc.property(fc.oneof(mutated, fc.json(), fc.string()), (text) => {
        expect(['decoded', 'malformed']).toContain(decode(text, 'json', message).status);
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('JSON', () => {
  const traces = (fields: object) => JSON.stringify(tracesJson([spanJson(fields)]));

  it.each([
    ['no JSON at all', '{"resourceSpans":', /^not JSON: /],
    ['no object', '[]', /^expected an object, found an array$/],
    ['an object for a list', '{"resourceSpans":{}}', /^resourceSpans: expected an array, found an object$/],
    [
      'a number for a text',
      traces({ name: 5 }),
      /^resourceSpans\[0\]\.scopeSpans\[0\]\.spans\[0\]\.name: expected a string, found 5$/,
    ],
    [
      'the name of an enumeration',
      traces({ kind: 'SPAN_KIND_CLIENT' }),
      /kind: expected an integer, found "SPAN_KIND_CLIENT"$/,
    ],
    [
      'a text for a time',
      traces({ startTimeUnixNano: 'now' }),
      /startTimeUnixNano: expected an integer, found "now"$/,
    ],
    [
      'a fraction for a time',
      traces({ startTimeUnixNano: 1.5 }),
      /startTimeUnixNano: expected an integer, found 1.5$/,
    ],
    [
      'a list of AnyValues without their object',
      traces({ attributes: [{ key: 'a', value: { arrayValue: [] } }] }),
      /arrayValue: expected an object, found an array$/,
    ],
    [
      'bytes that are not base64',
      traces({ attributes: [{ key: 'a', value: { bytesValue: '*' } }] }),
      /bytesValue: expected base64, found "\*"$/,
    ],
  ])('is refused with the path for %s', (_what, body, reason) => {
    expect(decode(body, 'json', exportTraceRequest)).toEqual({
      status: 'malformed',
      reason: expect.stringMatching(reason),
    });
  });

  it.each([
    ['uint64 above its range', { startTimeUnixNano: '18446744073709551616' }],
    ['uint64 below its range', { startTimeUnixNano: '-1' }],
    ['an imprecise number above the range', { endTimeUnixNano: 1e300 }],
    ['int64 above its range', { attributes: [{ key: 'a', value: { intValue: '9223372036854775808' } }] }],
    ['an enumeration above 32 bits', { kind: 2 ** 31 }],
  ])('costs only the item that has %s', (_what, fields) => {
    const rejections = createRejections();
    const body = Buffer.from(JSON.stringify(tracesJson([spanJson(), spanJson(fields), spanJson()])));
    const result = decodeRequest({ body, encoding: 'json', message: exportTraceRequest, rejections });
    expect(result).toMatchObject({ request: { resourceSpans: [{ scopeSpans: [{ spans: [{}, {}] }] }] } });
    expect(rejections.count).toBe(1);
    expect(rejections.message()).toMatch(/^1 rejected: .*does not fit/);
  });

  it('counts the depth of values anew after a rejected item', () => {
    const bad = {
      attributes: [{ key: 'a', value: { arrayValue: { values: [{ intValue: '9223372036854775808' }] } } }],
    };
    const spans = Array.from({ length: 100 }, () => spanJson(bad));
    expect(
      decode(JSON.stringify(tracesJson([...spans, spanJson()])), 'json', exportTraceRequest).status,
    ).toBe('decoded');
  });

  it('keeps 64-bit integers exact, as text and as numbers', () => {
    for (const startTimeUnixNano of ['"1763700000000000001"', '1763700000000000001']) {
      const body = `{"resourceSpans":[{"scopeSpans":[{"spans":[{"startTimeUnixNano":${startTimeUnixNano}}]}]}]}`;
      expect(decode(body, 'json', exportTraceRequest)).toMatchObject({
        request: {
          resourceSpans: [{ scopeSpans: [{ spans: [{ startTimeUnixNano: 1763700000000000001n }] }] }],
        },
      });
    }
  });

  it('takes null, snake_case and unknown fields as not sent', () => {
    const body = JSON.stringify({
      resourceSpans: [
        { resource: null, scope_spans: 5, scopeSpans: [{ spans: [spanJson({ links: null, future: [] })] }] },
      ],
    });
    expect(decode(body, 'json', exportTraceRequest)).toMatchObject({
      status: 'decoded',
      request: { resourceSpans: [{ resource: undefined, scopeSpans: [{ spans: [{ links: [] }] }] }] },
    });
  });

  it('takes ids in either case and a leading byte order mark', () => {
    const body = `\ufeff${traces({ traceId: '5B8EFFF798038103D269B633813FC60C' })}`;
    expect(decode(body, 'json', exportTraceRequest)).toMatchObject({
      request: {
        resourceSpans: [{ scopeSpans: [{ spans: [{ traceId: '5b8efff798038103d269b633813fc60c' }] }] }],
      },
    });
  });
});

describe('text that is not Unicode', () => {
  it('becomes U+FFFD from JSON', () => {
    const body = `{"resourceSpans":[{"scopeSpans":[{"scope":{"name":"a\\ud800b"}}]}]}`;
    expect(decode(body, 'json', exportTraceRequest)).toMatchObject({
      request: { resourceSpans: [{ scopeSpans: [{ scope: { name: 'a\ufffdb' } }] }] },
    });
  });

  it('becomes U+FFFD from protobuf', () => {
    const scope = Buffer.from([0x0a, 3, 0x61, 0xff, 0x62]);
    const scopeSpans = Buffer.concat([Buffer.from([0x0a, scope.length]), scope]);
    const resourceSpans = Buffer.concat([Buffer.from([0x12, scopeSpans.length]), scopeSpans]);
    const body = Buffer.concat([Buffer.from([0x0a, resourceSpans.length]), resourceSpans]);
    expect(decode(body, 'protobuf', exportTraceRequest)).toMatchObject({
      request: { resourceSpans: [{ scopeSpans: [{ scope: { name: 'a\ufffdb' } }] }] },
    });
  });
});

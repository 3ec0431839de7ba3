import { describe, expect, it } from 'vitest';
import { encodeBody, encodeJson } from '../__fixtures__/encode-rows.js';
import { logsJson, spanJson, tracesJson } from '../__fixtures__/requests.js';
import { createRequestEncoder } from './create-request-encoder.js';

const encode = createRequestEncoder();
const traces = (fields: object) => JSON.stringify(tracesJson([spanJson(fields)]));

const refusal = (body: string | Buffer) => {
  const result = encode({ signal: 'traces', encoding: 'json', body: Buffer.from(body), receivedAtMs: 0 });
  return result.status === 'encoded' ? null : result.reason;
};

const spansOf = (body: string) => encodeBody('traces', 'json', Buffer.from(body));

describe('JSON', () => {
  it.each([
    ['no JSON at all', '{"resourceSpans":', /^resourceSpans: not JSON: the end is unexpected at byte 17$/],
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
    expect(refusal(body)).toMatch(reason);
  });

  it.each([
    '',
    '{}',
    ' \t\r\n{} ',
    '\ufeff{}',
    '{"unknown":[1,-0.5e+3,"\\u00e9\\n",true,false,null,{},[],{"a":{"b":[[]]}}]}',
    '{"resourceSpans":null}',
    '{"resourceSpans":[]}',
    '{"resourceSpans":[{}]}',
    '{"resource_spans":5}',
  ])('that is empty or unknown is taken: %j', (body) => {
    expect(spansOf(body)).toMatchObject({ rows: [], rejected: 0 });
  });

  it.each([
    '{',
    '}',
    '{}}',
    '{} {}',
    '{,}',
    '{"a"}',
    '{"a":}',
    '{"a":1,}',
    '{"a":1 "b":2}',
    '{a:1}',
    "{'a':1}",
    '{"a":[1,]}',
    '{"a":[,1]}',
    '{"a":01}',
    '{"a":+1}',
    '{"a":1.}',
    '{"a":.5}',
    '{"a":1e}',
    '{"a":-}',
    '{"a":NaN}',
    '{"a":Infinity}',
    '{"a":tru}',
    '{"a":nullx}',
    '{"a":"\\x"}',
    '{"a":"\\u12g4"}',
    '{"a":"\n"}',
    '{"a":"\t"}',
    '{"a":"b}',
    '{"a":[}',
    '{"a":{]}',
    '{"a":1/*c*/}',
    '{"a":1}//c',
    '{"resourceSpans":[null]}',
    '"text"',
    '5',
    'null',
  ])('that is not strict is refused: %j', (body) => {
    expect(refusal(body)).toMatch(/not JSON|expected an object/);
  });

  it.each([
    ['uint64 above its range', { startTimeUnixNano: '18446744073709551616' }],
    ['uint64 below its range', { startTimeUnixNano: '-1' }],
    ['an imprecise number above the range', { endTimeUnixNano: 1e300 }],
    ['int64 above its range', { attributes: [{ key: 'a', value: { intValue: '9223372036854775808' } }] }],
    ['int64 below its range', { attributes: [{ key: 'a', value: { intValue: '-9223372036854775809' } }] }],
    ['an enumeration above 32 bits', { kind: 2 ** 31 }],
  ])('costs only the item that has %s', (_what, fields) => {
    const { rows, message } = encodeJson('traces', tracesJson([spanJson(), spanJson(fields), spanJson()]));
    expect(rows).toHaveLength(2);
    expect(message).toMatch(/^1 rejected: .*does not fit/);
  });

  it('counts the depth of values anew after a rejected item', () => {
    const values = [{ intValue: '9223372036854775808' }];
    const bad = { attributes: [{ key: 'a', value: { arrayValue: { values } } }] };
    const spans = Array.from({ length: 100 }, () => spanJson(bad));
    expect(encodeJson('traces', tracesJson([...spans, spanJson()])).rows).toHaveLength(1);
  });

  it.each(['"1763700000000000001"', '1763700000000000001'])('keeps 64-bit integers exact: %s', (time) => {
    const body = traces({}).replace('"1763700000000000001"', time);
    expect(spansOf(body).rows).toMatchObject([{ Timestamp: 1763700000000000001n }]);
  });

  it.each([
    ['1.0', '1'],
    ['1e3', '1000'],
    ['"5"', '5'],
    ['-0', '0'],
  ])('takes %s for an integer', (digits, text) => {
    const body = JSON.stringify(logsJson([{ body: { intValue: 0 } }])).replace(
      '"intValue":0',
      `"intValue":${digits}`,
    );
    expect(encodeBody('logs', 'json', Buffer.from(body)).rows).toMatchObject([{ Body: text }]);
  });

  it('takes null, snake_case and unknown fields as not sent', () => {
    const body = {
      resourceSpans: [
        {
          resource: null,
          scope_spans: 5,
          scopeSpans: [
            {
              scope: null,
              spans: [spanJson({ links: null, future: [], attributes: [{ key: 'a', value: null }] })],
            },
          ],
        },
      ],
    };
    expect(encodeJson('traces', body).rows).toMatchObject([
      { 'Links.TraceId': [], SpanAttributes: { a: '' } },
    ]);
  });

  it('takes ids in either case', () => {
    expect(spansOf(traces({ traceId: '5B8EFFF798038103D269B633813FC60C' })).rows).toMatchObject([
      { TraceId: '5b8efff798038103d269b633813fc60c' },
    ]);
  });

  it('takes escapes in names of fields and in text', () => {
    const body = traces({ name: 'x' }).replace(
      '"name":"x"',
      '"n\\u0061me":"\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00"',
    );
    expect(spansOf(body).rows).toMatchObject([{ SpanName: '"\\/\b\f\n\r\té😀' }]);
  });

  it.each([
    [
      'a message that comes twice',
      '"status":{"code":2},"status":{"message":"m"}',
      { StatusCode: 'Error', StatusMessage: 'm' },
    ],
    ['a list that comes twice', '"events":[{}],"events":[{}]', { 'Events.Name': ['', ''] }],
    ['a text that comes twice', '"name":"a","name":"b"', { SpanName: 'b' }],
  ])('merges as protobuf does: %s', (_what, fields, columns) => {
    const body = traces({}).replace('"name":"chat gpt-5-mini"', fields);
    expect(spansOf(body).rows).toMatchObject([columns]);
  });
});

describe('text that is not Unicode', () => {
  it('becomes U+FFFD from JSON', () => {
    const body = traces({}).replace('chat', 'a\\ud800b');
    expect(spansOf(body).rows).toMatchObject([{ SpanName: 'a\ufffdb gpt-5-mini' }]);
  });

  it('becomes U+FFFD in a text and in a key', () => {
    const body = Buffer.from(
      traces({ name: 'a?b', attributes: [{ key: 'k?', value: { stringValue: '?' } }] }),
    );
    const bytes = Buffer.from(body.map((byte) => (byte === 0x3f ? 0xff : byte)));
    expect(encodeBody('traces', 'json', bytes).rows).toMatchObject([
      { SpanName: 'a\ufffdb', SpanAttributes: { 'k\ufffd': '\ufffd' } },
    ]);
  });

  it('makes one of two keys that become equal: the last', () => {
    const attributes = [
      { key: '??', value: { intValue: 1 } },
      { key: '!?', value: { intValue: 2 } },
    ];
    const body = Buffer.from(traces({ attributes }));
    const bytes = Buffer.from(body.map((byte) => (byte === 0x3f ? 0xff : byte === 0x21 ? 0xfe : byte)));
    expect(encodeBody('traces', 'json', bytes).rows).toMatchObject([
      { SpanAttributes: { '\ufffd\ufffd': '2' } },
    ]);
  });

  it.each(['\0', '\u202e', '\u001b[31m', '\ufeff', '𝕏'])(
    'is stored as it is where it is Unicode: %j',
    (name) => {
      expect(spansOf(traces({ name })).rows).toMatchObject([{ SpanName: name }]);
    },
  );
});

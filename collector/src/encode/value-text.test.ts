import { describe, expect, it } from 'vitest';
import { encodeJson } from '../__fixtures__/encode-rows.js';
import { attributesJson, logsJson } from '../__fixtures__/requests.js';

const everything = [
  { stringValue: '"\u0001\u2028é' },
  { boolValue: true },
  { intValue: '9223372036854775807' },
  { doubleValue: 0.5 },
  { bytesValue: 'AP8B' },
  {},
  { arrayValue: {} },
  { doubleValue: 'NaN' },
];

describe('the text of a value', () => {
  it.each<[string, object, string]>([
    ['an empty value', {}, ''],
    ['text', { stringValue: 'a "b"\n' }, 'a "b"\n'],
    ['true', { boolValue: true }, 'true'],
    ['false', { boolValue: false }, 'false'],
    ['zero', { intValue: '0' }, '0'],
    ['ten', { intValue: 10 }, '10'],
    ['the greatest uint32', { intValue: '4294967295' }, '4294967295'],
    ['more than 32 bits', { intValue: '4294967296' }, '4294967296'],
    ['minus one', { intValue: '-1' }, '-1'],
    ['more than a double holds', { intValue: '-9007199254740993' }, '-9007199254740993'],
    ['the least int64', { intValue: '-9223372036854775808' }, '-9223372036854775808'],
    ['the greatest int64', { intValue: '9223372036854775807' }, '9223372036854775807'],
    ['a whole double', { doubleValue: 5 }, '5'],
    ['a fraction', { doubleValue: 0.1 }, '0.1'],
    ['a double below 1e-6', { doubleValue: 1e-7 }, '1e-7'],
    ['a double from 1e21', { doubleValue: 1e21 }, '1e+21'],
    ['a double below 1e21', { doubleValue: 123456789012345680000 }, '123456789012345680000'],
    ['negative zero', { doubleValue: '-0' }, '-0'],
    ['NaN', { doubleValue: 'NaN' }, 'NaN'],
    ['infinity', { doubleValue: '-Infinity' }, '-Infinity'],
    ['bytes', { bytesValue: 'AP8B' }, 'AP8B'],
    ['no bytes', { bytesValue: '' }, ''],
    ['an empty array', { arrayValue: {} }, '[]'],
    [
      'an array of everything',
      { arrayValue: { values: everything } },
      '["\\"\\u0001\u2028é",true,9223372036854775807,0.5,"AP8B",null,[],"NaN"]',
    ],
    ['an empty map', { kvlistValue: {} }, '{}'],
    [
      'a map, its keys sorted, of equal ones the last',
      {
        kvlistValue: {
          values: [
            ...attributesJson({ b: { intValue: '1' } }),
            ...attributesJson({
              a: { intValue: '2' },
              b: { kvlistValue: { values: [{ key: '__proto__' }] } },
            }),
          ],
        },
      },
      '{"a":2,"b":{"__proto__":null}}',
    ],
  ])('is as the contrib exporter writes it: %s', (_what, value, text) => {
    const record = { body: value, attributes: [{ key: 'k', value }] };
    expect(encodeJson('logs', logsJson([record])).rows).toMatchObject([
      { Body: text, LogAttributes: { k: text } },
    ]);
  });
});

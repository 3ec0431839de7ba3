import { describe, expect, it } from 'vitest';
import type { AnyValue } from '../otlp/any-value.js';
import { toAttributeText } from './attribute-text.js';

const bytes = new Uint8Array([0, 255, 1]);

describe('toAttributeText', () => {
  it.each<[string, AnyValue, string]>([
    ['an empty value', null, ''],
    ['text', 'a "b"\n', 'a "b"\n'],
    ['true', true, 'true'],
    ['false', false, 'false'],
    ['zero', 0n, '0'],
    ['the least int64', -(2n ** 63n), '-9223372036854775808'],
    ['the greatest int64', 2n ** 63n - 1n, '9223372036854775807'],
    ['a whole double', 5, '5'],
    ['a fraction', 0.1, '0.1'],
    ['a double below 1e-6', 1e-7, '1e-7'],
    ['a double from 1e21', 1e21, '1e+21'],
    ['a double below 1e21', 123456789012345680000, '123456789012345680000'],
    ['negative zero', -0, '-0'],
    ['NaN', Number.NaN, 'NaN'],
    ['infinity', Number.NEGATIVE_INFINITY, '-Infinity'],
    ['bytes', bytes, 'AP8B'],
    ['no bytes', new Uint8Array(), ''],
    ['a view on a part of other bytes', new Uint8Array(bytes.buffer, 1, 1), '/w=='],
    ['an empty array', [], '[]'],
    [
      'an array of everything',
      ['"', true, 2n ** 63n - 1n, 0.5, bytes, null, [], Number.NaN],
      '["\\"",true,9223372036854775807,0.5,"AP8B",null,[],"NaN"]',
    ],
    ['an empty map', new Map(), '{}'],
    [
      'a map',
      new Map<string, AnyValue>([
        ['b', 1n],
        ['a', new Map([['__proto__', 'x']])],
      ]),
      '{"a":{"__proto__":"x"},"b":1}',
    ],
  ])('writes %s', (_what, value, text) => {
    expect(toAttributeText(value)).toBe(text);
  });
});

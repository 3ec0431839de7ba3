import { expect, it } from 'vitest';
import { encodeRow } from './encode-row.js';

it.each([
  ['a bigint as digits', { Count: 18_446_744_073_709_551_615n }, '{"Count":"18446744073709551615"}'],
  ['the bigints of an array', { BucketCounts: [0n, 9n] }, '{"BucketCounts":["0","9"]}'],
  ['digits as they are', { Count: '7' }, '{"Count":"7"}'],
  ['what is not finite as words', { Value: [Number.NaN, 1 / 0, -1 / 0] }, '{"Value":["nan","inf","-inf"]}'],
  ['a column named __proto__ as any other', JSON.parse('{"__proto__":"x"}'), '{"__proto__":"x"}'],
])('writes %s', (_, row, json) => {
  expect(encodeRow(row)).toBe(json);
});

it.each([-1n, 18_446_744_073_709_551_616n])('refuses %d, naming the column', (value) => {
  expect(() => encodeRow({ Count: value })).toThrow(new RangeError(`Count: ${value} is not a UInt64.`));
});

it.each([null, undefined])('refuses %s, naming the column', (value) => {
  expect(() => encodeRow({ Sum: value })).toThrow(new TypeError(`Sum: ${value} is not a value to store.`));
  expect(() => encodeRow({ 'Exemplars.Value': [1, value] })).toThrow(/^Exemplars\.Value: /);
});

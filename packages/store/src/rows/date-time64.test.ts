import { expect, it } from 'vitest';
import { toDateTime, toDateTime64 } from './date-time64.js';

it.each([
  [0n, '0000000000.000000000'],
  [1n, '0000000000.000000001'],
  [2_023_000_000_005n, '0000002023.000000005'],
  [1_700_000_000_123_456_789n, '1700000000.123456789'],
  [9_223_372_036_854_775_807n, '9223372036.854775807'],
])('writes %d nanoseconds as %s', (unixNano, text) => {
  expect(toDateTime64(unixNano)).toBe(text);
});

it.each([-1n, 9_223_372_036_854_775_808n])('refuses %d nanoseconds', (unixNano) => {
  expect(() => toDateTime64(unixNano)).toThrow(RangeError);
});

it.each([
  [-1_000_000_000n, 0],
  [0n, 0],
  [1_999_999_999n, 1],
  [4_294_967_296_000_000_000n, 4_294_967_295],
])('writes %d nanoseconds as %d seconds', (unixNano, seconds) => {
  expect(toDateTime(unixNano)).toBe(seconds);
});

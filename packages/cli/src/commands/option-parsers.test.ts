import { describe, expect, it } from 'vitest';
import { parseCount, parseDuration, parsePort, parseSeed, parseSpeed } from './option-parsers.js';

describe('option parsers', () => {
  it.each([
    [parsePort('0'), 0],
    [parsePort('65535'), 65_535],
    [parseCount('3'), 3],
    [parseSeed('0'), 0],
    [parseSpeed('0.5'), 0.5],
    [parseDuration('500ms'), 500],
    [parseDuration('1.5m'), 90_000],
  ])('reads %d', (value, expected) => {
    expect(value).toBe(expected);
  });

  it.each([
    ['port', parsePort, '65536'],
    ['port', parsePort, 'http'],
    ['port', parsePort, ''],
    ['count', parseCount, '0'],
    ['count', parseCount, '1.5'],
    ['seed', parseSeed, '-1'],
    ['speed', parseSpeed, '0'],
    ['speed', parseSpeed, 'Infinity'],
    ['duration', parseDuration, '10'],
    ['duration', parseDuration, '0s'],
  ])('refuses as %s: %o %s', (_what, parse, text) => {
    expect(() => parse(text)).toThrow(/It must be/);
  });
});

import { describe, expect, it } from 'vitest';
import {
  addPair,
  parseCapabilities,
  parseCount,
  parseDuration,
  parsePort,
  parseSeed,
  parseSpeed,
} from './option-parsers.js';

describe('option parsers', () => {
  it.each([
    [parsePort('0'), 0],
    [parsePort('65535'), 65_535],
    [parseCount('3'), 3],
    [parseSeed('0'), 0],
    [parseSpeed('0.5'), 0.5],
    [parseDuration('500ms'), 500],
    [parseDuration('1.5m'), 90_000],
    [parseDuration('1m30s'), 90_000],
    [parseDuration('1h500ms'), 3_600_500],
    [parseCapabilities('tools, json'), ['tools', 'json']],
    [addPair('a=b=c', { d: 'e' }), { a: 'b=c', d: 'e' }],
  ])('reads %j', (value, expected) => {
    expect(value).toEqual(expected);
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
    ['duration', parseDuration, ''],
    ['duration', parseDuration, '30s1m'],
    ['duration', parseDuration, '1.2.3s'],
    ['capabilities', parseCapabilities, 'tools,telepathy'],
    ['pair', (text: string) => addPair(text, {}), '=gold'],
    ['duration', parseDuration, '0s'],
  ])('refuses as %s: %o %s', (_what, parse, text) => {
    expect(() => parse(text)).toThrow(/It must be/);
  });
});

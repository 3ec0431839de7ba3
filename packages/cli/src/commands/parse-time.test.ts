import { describe, expect, it } from 'vitest';
import { parseTime } from './parse-time.js';

describe('parseTime', () => {
  it.each([
    ['2026-11-01', '2026-11-01T00:00:00.000Z'],
    ['2026-11-01T08:30', '2026-11-01T08:30:00.000Z'],
    ['2026-11-01T08:30:15.5Z', '2026-11-01T08:30:15.500Z'],
    ['2026-11-01T08:30+02:00', '2026-11-01T06:30:00.000Z'],
  ])('reads %s', (text, expected) => {
    expect(parseTime(text).toISOString()).toBe(expected);
  });

  it.each([
    ['90m', 90],
    ['24h', 24 * 60],
    ['7d', 7 * 24 * 60],
  ])('reads %s as that long ago', (text, minutes) => {
    const before = Date.now();
    const time = parseTime(text).getTime() + minutes * 60_000;
    expect(time).toBeGreaterThanOrEqual(before);
    expect(time).toBeLessThanOrEqual(Date.now());
  });

  it.each(['', 'yesterday', '7', '1y', '2026-02-30', '2026-13-01', '2026-11-01 08:00', '1763683200'])(
    'refuses %j',
    (text) => {
      expect(() => parseTime(text)).toThrow(/It must be a time such as/);
    },
  );
});

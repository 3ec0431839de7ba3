import { expect, it } from 'vitest';
import { endOfBuckets, type RollupStep, startOfBucket } from './rollup-step.js';

it.each<[RollupStep, string, string, string]>([
  ['1m', '2026-11-21T10:20:30.500Z', '2026-11-21T10:20:00Z', '2026-11-21T10:21:00Z'],
  ['1h', '2026-11-21T10:20:30.500Z', '2026-11-21T10:00:00Z', '2026-11-21T11:00:00Z'],
  ['1d', '2026-11-21T10:20:30.500Z', '2026-11-21T00:00:00Z', '2026-11-22T00:00:00Z'],
  ['1w', '2026-11-21T10:20:30.500Z', '2026-11-16T00:00:00Z', '2026-11-23T00:00:00Z'],
  ['1w', '2026-11-22T23:59:59.999Z', '2026-11-16T00:00:00Z', '2026-11-23T00:00:00Z'],
  ['1w', '2026-11-23T00:00:00Z', '2026-11-23T00:00:00Z', '2026-11-23T00:00:00Z'],
  ['1w', '1970-01-01T00:00:00Z', '1969-12-29T00:00:00Z', '1970-01-05T00:00:00Z'],
])('puts into buckets of %s: %s', (step, time, start, end) => {
  expect(startOfBucket(step, new Date(time))).toEqual(new Date(start));
  expect(endOfBuckets(step, new Date(time))).toEqual(new Date(end));
});

import { expect, it } from 'vitest';
import { parseFault } from './parse-fault.js';

it.each([
  ['outage', { kind: 'outage' }],
  ['hang', { kind: 'hang' }],
  ['latency', { kind: 'latency', factor: 3 }],
  ['latency; factor=5', { kind: 'latency', factor: 5 }],
  ['rate-limit;retryAfterSeconds = 0.5', { kind: 'rate-limit', retryAfterSeconds: 0.5 }],
  ['cut-stream;afterTokens=0', { kind: 'cut-stream', afterTokens: 0 }],
])('parses %j', (header, fault) => {
  expect(parseFault(header)).toEqual({ fault });
});

it.each([
  ['', 'kind is "". Allowed: outage, latency, rate-limit, cut-stream, hang.'],
  ['500', 'kind is "500". Allowed: outage, latency, rate-limit, cut-stream, hang.'],
  ['latency; factor=x', 'factor is NaN.'],
  ['latency; factor=', 'factor is "".'],
  ['outage; factor=2', "Unknown field 'factor'."],
])('refuses %j', (header, problem) => {
  expect(parseFault(header)).toEqual({ problem: expect.stringContaining(problem) });
});

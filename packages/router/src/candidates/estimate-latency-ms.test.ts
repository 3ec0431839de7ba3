import type { LatencyPrior, TargetSignals } from '@signalbox/spec';
import { expect, it } from 'vitest';
import { buildSignals, buildTarget } from '../__fixtures__/build.js';
import { estimateLatencyMs } from './estimate-latency-ms.js';

const PRIOR = { firstChunkMs: 500, tokensPerSecond: 50 };

it.each<[string, LatencyPrior | null, Partial<TargetSignals> | null, number | null]>([
  ['the prior where nothing was measured', PRIOR, null, 2500],
  ['the measured speed', PRIOR, { firstChunkMs: 100, tokensPerSecond: 100 }, 1100],
  ['the prior for what was not measured', PRIOR, { firstChunkMs: null, tokensPerSecond: 100 }, 1500],
  ['the measured speed without a prior', null, { firstChunkMs: 100, tokensPerSecond: 100 }, 1100],
  ['nothing known', null, null, null],
  ['half of it known', null, { firstChunkMs: 100, tokensPerSecond: null }, null],
  ['a speed of 0', null, { firstChunkMs: 100, tokensPerSecond: 0 }, null],
])('estimates an answer of 100 tokens from %s', (_, latency, signals, expected) => {
  const target = buildTarget('openai/a', { latency });
  expect(estimateLatencyMs(target, signals && buildSignals(signals), 100)).toBe(expected);
});

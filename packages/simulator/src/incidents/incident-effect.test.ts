import { expect, it } from 'vitest';
import type { Fault } from './fault.js';
import { combineFaults } from './incident-effect.js';

const NONE = { refusal: null, hangs: false, cutAfterTokens: null, latencyFactor: 1 };

it.each<{ faults: Fault[]; effect: object }>([
  { faults: [], effect: NONE },
  { faults: [{ kind: 'outage' }], effect: { ...NONE, refusal: { status: 503 } } },
  {
    faults: [{ kind: 'outage' }, { kind: 'rate-limit', retryAfterSeconds: 2 }],
    effect: { ...NONE, refusal: { status: 503 } },
  },
  {
    faults: [
      { kind: 'rate-limit', retryAfterSeconds: 2 },
      { kind: 'rate-limit', retryAfterSeconds: 1 },
    ],
    effect: { ...NONE, refusal: { status: 429, retryAfterSeconds: 2 } },
  },
  {
    faults: [
      { kind: 'latency', factor: 2 },
      { kind: 'latency', factor: 3 },
    ],
    effect: { ...NONE, latencyFactor: 6 },
  },
  {
    faults: [
      { kind: 'cut-stream', afterTokens: 9 },
      { kind: 'cut-stream', afterTokens: 4 },
    ],
    effect: { ...NONE, cutAfterTokens: 4 },
  },
  { faults: [{ kind: 'hang' }], effect: { ...NONE, hangs: true } },
])('combines $faults', ({ faults, effect }) => {
  expect(combineFaults(faults)).toEqual(effect);
  expect(combineFaults(faults.toReversed())).toEqual(effect);
});

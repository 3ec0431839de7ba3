import { SAMPLE, type SampleDecision } from './sample-decision.js';

export const HOUR = 3_600_000;
/** The first moment: an hour of yesterday, in Unix milliseconds. */
export const START = Math.floor(Date.now() / HOUR) * HOUR - 30 * HOUR;
/** The three hours of `USAGE`. */
export const RANGE = { tenant: 'acme', from: new Date(START), to: new Date(START + 3 * HOUR) };
const UNKNOWN = { input: null, output: null, cache_read: null, cache_write: null, reasoning: null };

/** Five decisions of a tenant in three hours, one right behind them, one of another tenant. */
export const USAGE: SampleDecision[] = [
  { ...SAMPLE, id: '1', time: START },
  { ...SAMPLE, id: '2', time: START + 1, latencyNs: 750_000_000, confidence: 0.6, override: true },
  { ...SAMPLE, id: '3', time: START + HOUR, servedModel: 'large', cache: 'hit-exact', explored: true },
  {
    ...SAMPLE,
    id: '4',
    time: START + 2 * HOUR,
    servedModel: null,
    route: null,
    outcome: 'failed',
    errorType: 'timeout',
    tokens: UNKNOWN,
    costNanoUsd: null,
    timeToFirstChunkMs: null,
    decideUs: null,
    confidence: null,
  },
  {
    ...SAMPLE,
    id: '5',
    time: START + 2 * HOUR,
    servedModel: null,
    selectedModel: null,
    outcome: 'cancelled',
  },
  { ...SAMPLE, id: '6', time: START + 3 * HOUR },
  { ...SAMPLE, id: '7', time: START, tenant: 'other', costNanoUsd: 5_000_000 },
];

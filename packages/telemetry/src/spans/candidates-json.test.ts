import type { Candidate, TargetSignals } from '@signalbox/spec';
import { describe, expect, it } from 'vitest';
import * as events from '../__fixtures__/events.js';
import { toCandidatesJson } from './candidates-json.js';

const SIGNALS: TargetSignals = {
  firstChunkMs: 412,
  tokensPerSecond: null,
  successRate: 0.9871,
  circuit: 'half-open',
  health: 'degraded',
  requestsLeft: 0,
  tokensLeft: null,
  successes: 12.4142,
  failures: 0,
};

const CANDIDATES: readonly Candidate[] = [
  events.candidate('openai/gpt-5', { signals: SIGNALS, estimatedCostNanoUsd: 0, estimatedLatencyMs: 12 }),
  events.candidate('local/it\'s "quoted"\\ünï', { terms: { 'my "term"': -0.5 }, score: -0.5 }),
  events.candidate('openai/tiny', { probability: 1e-9, terms: {}, score: 0 }),
  events.candidate('openai/out', {
    eligible: false,
    excluded: { reason: 'policy', detail: 'denied by route "a\nb"' },
    score: null,
    terms: {},
    probability: 0,
  }),
];

/** What is known of a candidate, without the provider and the model that its id names. */
const known = ({ provider, model, signals, ...rest }: Candidate) =>
  withoutNulls({ ...rest, signals: signals && withoutNulls(signals) });

const withoutNulls = (value: object) =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null));

describe('toCandidatesJson', () => {
  it('reads back as what is known of the candidates', () => {
    expect(JSON.parse(toCandidatesJson(CANDIDATES))).toEqual(CANDIDATES.map(known));
  });

  it('is an empty array for no candidates', () => {
    expect(toCandidatesJson([])).toBe('[]');
  });

  it('prints sums and thirds no longer than they are known', () => {
    const json = toCandidatesJson([events.candidate('a/b', { score: 0.1 + 0.2, probability: 0.333333333 })]);
    expect(json).toContain('"score":0.3,"probability":0.333333333,');
  });
});

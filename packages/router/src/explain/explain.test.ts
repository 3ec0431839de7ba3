import { type Candidate, type Decision, NO_LIMITS } from '@signalbox/spec';
import { describe, expect, it } from 'vitest';
import { explain } from './explain.js';

const candidate = (target: string, given: Partial<Candidate> = {}): Candidate => ({
  target,
  provider: 'p',
  model: target,
  eligible: !given.excluded,
  excluded: null,
  score: 0,
  terms: {},
  probability: 0,
  signals: null,
  estimatedCostNanoUsd: null,
  estimatedLatencyMs: null,
  ...given,
});

const MINI = candidate('openai/gpt-5-mini', { score: 0.9, terms: { latency: 0.1, quality: 0.3, cost: 0.5 } });
const SONNET = candidate('anthropic/claude-sonnet-5', {
  score: 0.67,
  terms: { cost: 0.19, latency: 0.06, quality: 0.42 },
});
const LOCAL = candidate('local/llama', { score: 0.4, terms: { 'cost-unknown': 0, quality: 0.38 } });
const CLOSED = candidate('a/a', { excluded: { reason: 'circuit-open', detail: '' } });
const COSTLY = candidate('a/b', { excluded: { reason: 'over-request-limit', detail: '' } });

const decision = (candidates: readonly Candidate[], given: Partial<Decision> = {}): Decision => ({
  policy: { name: 'default', version: '0' },
  strategy: 'balanced',
  route: null,
  routePatterns: [],
  task: { type: 'chat', complexity: 'simple', complexityScore: 0 },
  prompt: { characters: 0, tokensEstimated: 0 },
  answerTokens: 0,
  asked: {
    tenant: 'default',
    model: null,
    strategy: null,
    preferences: null,
    limits: NO_LIMITS,
    needs: [],
    residency: [],
    maxOutputTokens: null,
  },
  budgetLeftNanoUsd: null,
  candidates,
  selected: candidates[0]?.target ?? '',
  propensity: 1,
  explored: false,
  draw: null,
  sticky: null,
  arm: null,
  shadows: [],
  confidence: 1,
  override: null,
  fallbacks: [],
  ...given,
});

describe('explain', () => {
  it.each([
    [
      'the choice over the second, the greatest difference first',
      decision([MINI, SONNET]),
      'openai/gpt-5-mini over anthropic/claude-sonnet-5: cost +0.31, quality -0.12, latency +0.04.',
    ],
    [
      'exclusions by reason',
      decision([MINI, SONNET, COSTLY, CLOSED]),
      'openai/gpt-5-mini over anthropic/claude-sonnet-5: cost +0.31, quality -0.12, latency +0.04; 2 excluded (1 over-request-limit, 1 circuit-open).',
    ],
    [
      'what was not known, and of whom',
      decision([MINI, LOCAL]),
      'openai/gpt-5-mini over local/llama: cost +0.50 (unknown for local/llama), latency +0.10, quality -0.08.',
    ],
    [
      'a choice without a rival',
      decision([MINI, CLOSED]),
      'openai/gpt-5-mini is the only candidate; 1 excluded (1 circuit-open).',
    ],
    [
      'a tie',
      decision([MINI, { ...MINI, target: 'openai/twin' }]),
      'openai/gpt-5-mini over openai/twin: equal scores, first in the policy.',
    ],
    [
      'an exploration',
      decision([MINI, SONNET], { selected: SONNET.target, explored: true, propensity: 0.01 }),
      'anthropic/claude-sonnet-5 explored with probability 0.01, openai/gpt-5-mini ranks first: cost -0.31, quality +0.12, latency -0.04.',
    ],
    [
      'an arm',
      decision([MINI, SONNET], { selected: SONNET.target, explored: true, propensity: 0.05, arm: 'canary' }),
      'anthropic/claude-sonnet-5 by the arm "canary" with probability 0.05, openai/gpt-5-mini ranks first: cost -0.31, quality +0.12, latency -0.04.',
    ],
    [
      'a held target',
      decision([MINI, SONNET], {
        selected: SONNET.target,
        explored: true,
        sticky: { by: 'conversation', held: SONNET.target },
      }),
      'anthropic/claude-sonnet-5 kept for its conversation, openai/gpt-5-mini ranks first: cost -0.31, quality +0.12, latency -0.04.',
    ],
    [
      'a tie that the cost decides',
      decision([
        { ...MINI, estimatedCostNanoUsd: 1 },
        { ...MINI, target: 'openai/twin', estimatedCostNanoUsd: 2 },
      ]),
      'openai/gpt-5-mini over openai/twin: equal scores, the lower known cost.',
    ],
    [
      'a tie that the latency decides',
      decision([
        { ...MINI, estimatedLatencyMs: 1 },
        { ...MINI, target: 'openai/twin' },
      ]),
      'openai/gpt-5-mini over openai/twin: equal scores, the lower known latency.',
    ],
    [
      'an override against the ranking',
      decision([MINI, SONNET], {
        selected: SONNET.target,
        override: { requested: 'claude-sonnet-5', routed: MINI.target },
      }),
      'anthropic/claude-sonnet-5 as requested, the router would have chosen openai/gpt-5-mini: cost -0.31, quality +0.12, latency -0.04.',
    ],
    [
      'an override that the router agrees with',
      decision([MINI, SONNET], { override: { requested: MINI.target, routed: MINI.target } }),
      "openai/gpt-5-mini as requested, the router's choice too.",
    ],
  ])('tells %s', (_, given, sentence) => {
    expect(explain(given)).toBe(sentence);
  });
});

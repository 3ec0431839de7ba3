import { NO_LIMITS, NoCandidateError, UnknownModelError } from '@signalbox/spec';
import { describe, expect, it } from 'vitest';
import {
  buildPolicy,
  buildRoute,
  buildSignals,
  buildTarget,
  LARGE,
  MEDIUM,
  noRandom,
  SMALL,
} from './__fixtures__/build.js';
import { createRequest } from './create-request.js';
import { decide } from './decide.js';

const TARGETS = [LARGE, SMALL, MEDIUM];

describe('decide', () => {
  it('returns the whole record', () => {
    const policy = buildPolicy(TARGETS, {
      strategy: 'quality-optimal',
      routes: [buildRoute('cheap', { patterns: ['hello'], strategy: 'cost-optimal' })],
    });
    const signals = { [MEDIUM.id]: buildSignals({ circuit: 'open' }) };
    const request = createRequest({
      prompt: 'Hello there',
      tenant: 'acme',
      needs: ['tools'],
      limits: { costNanoUsd: 1e9 },
      maxOutputTokens: 2000,
    });
    const decision = decide(request, policy, { signals }, noRandom);
    expect(decision).toEqual({
      policy: { name: 'test', version: policy.version },
      strategy: 'cost-optimal',
      route: 'cheap',
      routePatterns: ['hello'],
      task: { type: 'chat', complexity: 'simple', complexityScore: expect.any(Number) },
      prompt: { characters: 11, tokensEstimated: 3 },
      answerTokens: 300,
      asked: {
        tenant: 'acme',
        model: null,
        strategy: null,
        preferences: null,
        limits: { ...NO_LIMITS, costNanoUsd: 1e9 },
        needs: ['tools'],
        residency: [],
        maxOutputTokens: 2000,
      },
      budgetLeftNanoUsd: null,
      candidates: [
        expect.objectContaining({ target: SMALL.id, eligible: true, excluded: null, probability: 1 }),
        expect.objectContaining({ target: LARGE.id, eligible: true, excluded: null, probability: 0 }),
        expect.objectContaining({
          target: MEDIUM.id,
          eligible: false,
          excluded: { reason: 'circuit-open', detail: 'success rate 0.99' },
          score: null,
          terms: {},
          probability: 0,
          signals: signals[MEDIUM.id],
        }),
      ],
      selected: SMALL.id,
      propensity: 1,
      explored: false,
      draw: null,
      sticky: null,
      arm: null,
      shadows: [],
      confidence: expect.any(Number),
      override: null,
      fallbacks: [LARGE.id],
    });
  });

  it('estimates cost and latency of every candidate', () => {
    const { candidates } = decide(createRequest({ prompt: 'word' }), buildPolicy([SMALL]), {}, noRandom);
    // 1 token at 0.25 USD and 300 at 2 USD per million; 300 ms and 300 tokens at 150 per second.
    expect(candidates[0]).toMatchObject({ estimatedCostNanoUsd: 600_250, estimatedLatencyMs: 2300 });
  });

  it('expects the quality of the task where a target has one', () => {
    const coder = { ...SMALL, quality: 0.5, qualityByTask: { coding: 0.9 } };
    const termsOf = (prompt: string) =>
      decide(createRequest({ prompt, strategy: 'quality-optimal' }), buildPolicy([coder]), {}, noRandom)
        .candidates[0]?.terms.quality;
    expect([termsOf('Write a function that parses CSV'), termsOf('Hello')]).toEqual([0.9, 0.5]);
  });

  it('records the budget that was left', () => {
    const { budgetLeftNanoUsd } = decide(
      createRequest({ prompt: 'Hello' }),
      buildPolicy(TARGETS),
      { budgetLeftNanoUsd: 123_456_789 },
      noRandom,
    );
    expect(budgetLeftNanoUsd).toBe(123_456_789);
  });

  it('prefers the strategy of the request to that of the route, and that to the policy', () => {
    const policy = buildPolicy(TARGETS, {
      routes: [buildRoute('best', { patterns: ['contract'], strategy: 'quality-optimal' })],
    });
    const strategyFor = (prompt: string, strategy: 'cost-optimal' | null = null) =>
      decide(createRequest({ prompt, strategy }), policy, {}, noRandom).strategy;
    expect(strategyFor('contract', 'cost-optimal')).toBe('cost-optimal');
    expect(strategyFor('contract')).toBe('quality-optimal');
    expect(strategyFor('hello')).toBe('balanced');
  });

  it('takes the first of the policy among equals', () => {
    const twins = [buildTarget('a/x'), buildTarget('b/x')];
    const pick = (targets: typeof twins) =>
      decide(createRequest({ prompt: '' }), buildPolicy(targets), {}, noRandom);
    expect(pick(twins)).toMatchObject({ selected: 'a/x', confidence: 0.5 });
    expect(pick(twins.toReversed())).toMatchObject({ selected: 'b/x', confidence: 0.5 });
  });

  it('follows the fallback chain of the policy', () => {
    const policy = buildPolicy(TARGETS, {
      strategy: 'cost-optimal',
      fallback: { maxModels: 2, chain: [SMALL.id, LARGE.id, MEDIUM.id] },
    });
    expect(decide(createRequest({ prompt: 'Hello' }), policy, {}, noRandom).fallbacks).toEqual([LARGE.id]);
  });

  it('marks a draw that leaves the best', () => {
    const policy = buildPolicy(TARGETS, { strategy: 'cost-optimal', exploration: 0.3 });
    const request = createRequest({ prompt: 'Hello' });
    expect(decide(request, policy, {}, () => 0)).toMatchObject({ selected: SMALL.id, explored: false });
    const explored = decide(request, policy, {}, () => 0.99);
    expect(explored).toMatchObject({
      selected: LARGE.id,
      explored: true,
      draw: 990_000_000,
      fallbacks: [SMALL.id, MEDIUM.id],
    });
    expect(explored.propensity).toBe(0.099999999);
  });

  it('throws with every exclusion when no candidate is left', () => {
    const request = createRequest({ prompt: 'Hello', needs: ['vision'], limits: { costNanoUsd: 1 } });
    const signals = { [SMALL.id]: buildSignals({ circuit: 'open' }) };
    const targets = [
      { ...LARGE, capabilities: ['vision' as const] },
      SMALL,
      { ...MEDIUM, contextTokens: 5, capabilities: ['vision' as const] },
    ];
    expect(() => decide(request, buildPolicy(targets), { signals }, noRandom)).toThrow(
      /3 excluded: .*claude-opus over-request-limit .*gpt-5-mini missing-capability .*gemini-pro context-too-long/,
    );
  });

  it('throws when the policy has no targets', () => {
    const decideOverNothing = () => decide(createRequest({ prompt: 'Hello' }), buildPolicy([]), {}, noRandom);
    expect(decideOverNothing).toThrow(NoCandidateError);
  });
});

describe('a request for a concrete model', () => {
  const policy = buildPolicy(TARGETS, { strategy: 'cost-optimal', exploration: 1 });
  const decideFor = (model: string, given: Parameters<typeof createRequest>[0] = { prompt: 'Hello' }) =>
    decide(createRequest({ ...given, model }), policy, {}, noRandom);

  it.each([
    ['an id', LARGE.id],
    ['a model name', LARGE.model],
  ])('is honoured by %s, with what the router would have chosen', (_, model) => {
    const decision = decideFor(model);
    expect(decision).toMatchObject({
      selected: LARGE.id,
      propensity: 1,
      explored: false,
      override: { requested: model, routed: SMALL.id },
      fallbacks: [],
    });
    const probabilities = decision.candidates.map(({ target, probability }) => [target, probability]);
    expect(probabilities).toEqual([
      [SMALL.id, 0],
      [MEDIUM.id, 0],
      [LARGE.id, 1],
    ]);
  });

  it('names the target in the error when it is excluded', () => {
    const request = { prompt: 'Hello', limits: { costNanoUsd: 1_000_000 } };
    expect(() => decideFor(LARGE.id, request)).toThrow(
      /^No candidate left: 1 excluded: anthropic\/claude-opus over-request-limit/,
    );
    expect(decideFor(SMALL.id, request).selected).toBe(SMALL.id);
  });

  it('is refused when the policy lets nobody name a model', () => {
    const denying = buildPolicy(TARGETS, { overrides: 'deny' });
    const ask = () => decide(createRequest({ prompt: 'Hello', model: LARGE.id }), denying, {}, noRandom);
    expect(ask).toThrow(/claude-opus not-allowed \(policy "test" lets nobody name a model\)/);
  });

  it('is refused when no target has the name', () => {
    expect(() => decideFor('gpt-9')).toThrow(UnknownModelError);
    expect(() => decideFor('gpt-9')).toThrow(/"gpt-9" is not a target. Targets: anthropic\/claude-opus, /);
  });

  it('is refused when several targets have the name, unless it is one of their ids', () => {
    const twins = [
      buildTarget('a/x'),
      buildTarget('b/x', { model: 'x' }),
      buildTarget('c/y', { model: 'a/x' }),
    ];
    const pick = (model: string) =>
      decide(createRequest({ prompt: '', model }), buildPolicy(twins), {}, noRandom).selected;
    expect(() => pick('x')).toThrow(/"x" fits several targets: a\/x, b\/x/);
    expect(pick('a/x')).toBe('a/x');
  });
});

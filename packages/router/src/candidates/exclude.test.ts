import {
  NO_LIMITS,
  type RoutingRequest,
  type Target,
  type TargetSignals,
  type TenantRule,
} from '@signalbox/spec';
import { describe, expect, it } from 'vitest';
import { buildContext, buildPolicy, buildRoute, buildSignals, buildTarget } from '../__fixtures__/build.js';
import type { PolicyContent } from '../compile-policy.js';
import { createRequest } from '../create-request.js';
import { exclude } from './exclude.js';
import { gatherFacts } from './target-facts.js';

type Case = {
  target?: Partial<Target>;
  request?: Partial<RoutingRequest>;
  policy?: Partial<PolicyContent>;
  signals?: Partial<TargetSignals>;
  budgetLeftNanoUsd?: number;
};

// A prompt of 1000 tokens with an expected answer of 300: at 1 and 4 USD per million that is 2,200,000 nano-USD, and
// at 500 ms and 80 tokens per second 4250 ms.
const PROMPT = 'word'.repeat(1000);

const exclusionOf = ({ target = {}, request = {}, policy = {}, signals, budgetLeftNanoUsd }: Case) => {
  const subject = buildTarget('openai/a', target);
  const compiled = buildPolicy([subject], policy);
  const asked = createRequest({ prompt: PROMPT, ...request });
  const context = buildContext(asked, compiled, budgetLeftNanoUsd);
  return exclude(gatherFacts(subject, signals ? buildSignals(signals) : null, context), context);
};

const limits = (costNanoUsd: number | null, latencyMs: number | null) => ({
  limits: { ...NO_LIMITS, costNanoUsd, latencyMs },
});
const tenants = (rule: Partial<TenantRule>) => ({
  tenants: { default: { allow: [], deny: [], residency: [], ...rule } },
});
const worst = (worstCostNanoUsd: number) => ({ limits: { ...NO_LIMITS, worstCostNanoUsd } });
const perMillion = (costPer1MTokensNanoUsd: number) => ({ limits: { ...NO_LIMITS, costPer1MTokensNanoUsd } });

describe('exclude', () => {
  it.each<[string, Case, string, string]>([
    [
      'a denied target',
      { policy: { routes: [buildRoute('legal', { deny: ['openai/a'] })] } },
      'policy',
      'denied by route "legal"',
    ],
    [
      'a target that is not on the list of allowed ones',
      { policy: { routes: [buildRoute('legal', { allow: ['openai/b'] })] } },
      'policy',
      'not allowed by route "legal"',
    ],
    [
      'a target that is both allowed and denied',
      { policy: { routes: [buildRoute('legal', { allow: ['openai/a'], deny: ['openai/a'] })] } },
      'policy',
      'denied by route "legal"',
    ],
    [
      'a target that lacks capabilities',
      { request: { needs: ['tools', 'vision', 'files'] } },
      'missing-capability',
      'not known to have vision, files',
    ],
    [
      'a target whose context is too short for prompt and answer',
      { target: { contextTokens: 1299 } },
      'context-too-long',
      'needs 1300 tokens (prompt 1000, answer 300), context 1299',
    ],
    [
      'a target whose context is too short for the answer asked for',
      { target: { contextTokens: 4000 }, request: { maxOutputTokens: 3500 } },
      'context-too-long',
      'needs 4500 tokens (prompt 1000, answer 3500), context 4000',
    ],
    [
      'a target that cannot answer at the length asked for',
      { target: { maxOutputTokens: 1000 }, request: { maxOutputTokens: 1001 } },
      'context-too-long',
      'answer of 1001 tokens asked for, limit 1000',
    ],
    [
      'a target over the cost limit of the request',
      { request: limits(2_199_999, null) },
      'over-request-limit',
      'expected 2200000 nano-USD, limit 2199999 nano-USD',
    ],
    [
      'a target over the cost limit of the policy',
      { policy: limits(1_000_000, null), request: limits(9_000_000, null) },
      'over-request-limit',
      'expected 2200000 nano-USD, limit 1000000 nano-USD',
    ],
    [
      'a target without a price where cost is limited',
      { target: { price: null }, request: limits(1_000_000, null) },
      'over-request-limit',
      'expected cost unknown, limit 1000000 nano-USD',
    ],
    [
      'a target whose longest answer costs too much',
      { request: worst(64_999_999) },
      'over-request-limit',
      'at worst 65000000 nano-USD, limit 64999999 nano-USD',
    ],
    [
      'a target without a limit of the answer where the worst cost is limited',
      { target: { maxOutputTokens: null }, request: worst(65_000_000) },
      'over-request-limit',
      'at worst cost unknown, limit 65000000 nano-USD',
    ],
    [
      'a target whose tokens cost too much',
      { request: perMillion(1_692_307_691) },
      'over-request-limit',
      'expected 1692307692 nano-USD, limit 1692307691 nano-USD for a million tokens',
    ],
    [
      'a target without a price where the price of tokens is limited',
      { target: { price: null }, policy: perMillion(5_000_000_000) },
      'over-request-limit',
      'expected cost unknown, limit 5000000000 nano-USD for a million tokens',
    ],
    [
      'a target in another place than asked for',
      { target: { residency: ['us', 'in'] }, request: { residency: ['eu', 'ch'] } },
      'not-allowed',
      'in us, in, must be in eu or ch',
    ],
    [
      'a target in an unknown place where one is asked for',
      { request: { residency: ['eu'] } },
      'not-allowed',
      'in an unknown place, must be in eu',
    ],
    [
      'a target over the latency limit',
      { request: limits(null, 4249) },
      'over-request-limit',
      'expected 4250 ms, limit 4249 ms',
    ],
    [
      'a target measured to be over the latency limit',
      { request: limits(null, 5000), signals: { firstChunkMs: 3000 } },
      'over-request-limit',
      'expected 6000 ms, limit 5000 ms',
    ],
    [
      'a target with an open circuit',
      { signals: { circuit: 'open', successRate: 0.12 } },
      'circuit-open',
      'success rate 0.12',
    ],
    [
      'a target with an open circuit and no measured success',
      { signals: { circuit: 'open', successRate: null } },
      'circuit-open',
      'success rate unknown',
    ],
    [
      'a target outside of where the policy wants to be',
      { target: { residency: ['eu'] }, policy: { residency: ['ch'] }, request: { residency: ['eu'] } },
      'not-allowed',
      'in eu, must be in ch',
    ],
    [
      'a target outside of where the tenant wants to be',
      { target: { residency: ['us'] }, policy: tenants({ residency: ['eu'] }) },
      'not-allowed',
      'in us, must be in eu',
    ],
    [
      'a target that the tenant is denied',
      { policy: tenants({ allow: ['openai/a'], deny: ['openai/a'] }) },
      'not-allowed',
      'denied to tenant "default"',
    ],
    [
      'a target that is not on the list of the tenant',
      { policy: tenants({ allow: ['openai/b'] }) },
      'not-allowed',
      'not allowed to tenant "default"',
    ],
    [
      'a target that costs more than the budget has left',
      { budgetLeftNanoUsd: 2_199_999 },
      'over-budget',
      'expected 2200000 nano-USD, 2199999 nano-USD left',
    ],
    [
      'a target without a price where there is a budget',
      { target: { price: null }, budgetLeftNanoUsd: 1e12 },
      'over-budget',
      'expected cost unknown, 1000000000000 nano-USD left',
    ],
    [
      'an unhealthy target',
      { signals: { health: 'unhealthy', successRate: 0.4 } },
      'unhealthy',
      'success rate 0.4',
    ],
    ['a target without a request left', { signals: { requestsLeft: 0 } }, 'rate-limited', 'no request left'],
    [
      'a target without the tokens left',
      { signals: { requestsLeft: 5, tokensLeft: 1299 } },
      'rate-limited',
      'expected 1300 tokens, 1299 left',
    ],
    [
      'for the most lasting reason first',
      {
        target: { contextTokens: 10 },
        request: { needs: ['vision'], ...limits(1, 1) },
        signals: { circuit: 'open' },
      },
      'missing-capability',
      'not known to have vision',
    ],
  ])('excludes %s', (_, given, reason, detail) => {
    expect(exclusionOf(given)).toEqual({ reason, detail });
  });

  it.each<[string, Case]>([
    ['a target that nothing speaks against', {}],
    ['an allowed target', { policy: { routes: [buildRoute('legal', { allow: ['openai/a'] })] } }],
    [
      'a target denied by a route that was not taken',
      { policy: { routes: [buildRoute('legal', { patterns: ['law'], deny: ['openai/a'] })] } },
    ],
    ['a context that fits exactly', { target: { contextTokens: 1300 } }],
    [
      'an unknown context',
      { target: { contextTokens: null, maxOutputTokens: null }, request: { maxOutputTokens: 9_000_000 } },
    ],
    ['a cost at the limit', { request: limits(2_200_000, null) }],
    ['a worst cost at the limit', { request: worst(65_000_000) }],
    [
      'a short answer within a limit on the worst cost',
      { request: { ...worst(5_000_000), maxOutputTokens: 1000 } },
    ],
    ['a price of tokens at the limit', { request: perMillion(1_692_307_692) }],
    [
      'a target in one of the places asked for',
      { target: { residency: ['us', 'eu'] }, request: { residency: ['eu'] } },
    ],
    ['an unknown price without a limit', { target: { price: null } }],
    ['a latency at the limit', { request: limits(null, 4250) }],
    ['an unknown latency within any limit', { target: { latency: null }, request: limits(null, 1) }],
    ['a cost at what the budget has left', { budgetLeftNanoUsd: 2_200_000 }],
    [
      'a target of another tenant that is denied it',
      { policy: { tenants: { acme: { allow: [], deny: ['openai/a'], residency: [] } } } },
    ],
    ['a degraded target', { signals: { health: 'degraded' } }],
    ['a rate limit with room', { signals: { requestsLeft: 1, tokensLeft: 1300 } }],
    ['an unknown rate limit', { signals: { requestsLeft: null, tokensLeft: null } }],
    ['a half-open circuit', { signals: { circuit: 'half-open', successRate: 0 } }],
  ])('keeps %s', (_, given) => {
    expect(exclusionOf(given)).toBeNull();
  });
});

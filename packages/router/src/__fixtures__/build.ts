import { NO_LIMITS, type Policy, type Route, type RoutingRequest, type Target, type TargetSignals } from '@signalbox/spec';
import { classify } from '../classify/classify.js';
import { compilePolicy, type PolicyContent } from '../compile-policy.js';
import { createContext, type DecisionContext } from '../decision-context.js';

/** A complete target; what is not given is unremarkable and known. */
export const buildTarget = (id: string, given: Partial<Target> = {}): Target => ({
  id,
  provider: id.slice(0, id.indexOf('/')),
  model: id.slice(id.indexOf('/') + 1),
  price: buildPrice(1, 4),
  contextTokens: 128_000,
  maxOutputTokens: 16_000,
  capabilities: ['streaming', 'tools', 'json'],
  quality: 0.7,
  latency: { firstChunkMs: 500, tokensPerSecond: 80 },
  ...given,
});

/** A price in USD per million tokens. */
export const buildPrice = (input: number, output: number) => ({
  input: Math.round(input * 1e9),
  output: Math.round(output * 1e9),
  cacheRead: null,
  cacheWrite: null,
  reasoning: null,
});

/** A route that constrains nothing but what is given. */
export const buildRoute = (name: string, given: Partial<Route> = {}): Route => ({
  name,
  patterns: [],
  taskTypes: [],
  complexities: [],
  metadata: {},
  strategy: null,
  prefer: [],
  allow: [],
  deny: [],
  ...given,
});

/** A compiled policy with the defaults of the configuration. */
export const buildPolicy = (targets: readonly Target[], given: Partial<PolicyContent> = {}): Policy =>
  compilePolicy(
    {
      name: 'test',
      strategy: 'balanced',
      preferences: { costSensitivity: 0.5, speedPreference: 0.5, qualityPreference: 0.5 },
      strategies: {},
      exploration: 0,
      distribution: { kind: 'greedy' },
      arms: [],
      sticky: null,
      overrides: 'allow',
      limits: NO_LIMITS,
      residency: [],
      tenants: {},
      routes: [],
      fallback: { maxModels: 3, chain: [] },
      ...given,
    },
    targets,
  );

/** The context of a decision about a request. */
export const buildContext = (
  request: RoutingRequest,
  policy: Policy,
  budgetLeftNanoUsd: number | null = null,
): DecisionContext => {
  const { task, match, promptTokens, answerTokens } = classify(request, policy);
  const input = { asked: request, task, route: match.route, promptTokens, answerTokens, budgetLeftNanoUsd };
  return createContext(input, policy);
};

/** Signals of a healthy target. */
export const buildSignals = (given: Partial<TargetSignals> = {}): TargetSignals => ({
  firstChunkMs: 400,
  tokensPerSecond: 100,
  successRate: 0.99,
  circuit: 'closed',
  ...given,
});

/** A cheap, a middling and a strong target. */
export const SMALL = buildTarget('openai/gpt-5-mini', {
  price: buildPrice(0.25, 2),
  quality: 0.7,
  latency: { firstChunkMs: 300, tokensPerSecond: 150 },
});
export const MEDIUM = buildTarget('google/gemini-pro', {
  price: buildPrice(1.25, 10),
  quality: 0.82,
  latency: { firstChunkMs: 700, tokensPerSecond: 90 },
});
export const LARGE = buildTarget('anthropic/claude-opus', {
  price: buildPrice(5, 25),
  quality: 0.92,
  latency: { firstChunkMs: 900, tokensPerSecond: 60 },
});

/** Fails the test when the router asks for chance where it must not. */
export const noRandom = (): number => {
  throw new Error('The router asked for a random number.');
};

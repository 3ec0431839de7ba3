import type { Limits, Policy, Preferences, RoutingRequest, StrategyName, Task } from '@signalbox/spec';
import type { Classification } from './classify/classify.js';
import type { CompiledRoute } from './classify/compile-routes.js';

/** What is the same for every target of one decision. Made once, read by the exclusion rules and the strategies. */
export type DecisionContext = {
  request: RoutingRequest;
  task: Task;
  route: CompiledRoute | null;
  /** The request's, else the route's, else the policy's. */
  strategy: StrategyName;
  /** The request's, else the policy's. */
  preferences: Preferences;
  /** The tighter of the request's and the policy's. */
  limits: Limits;
  promptTokens: number;
  /** Tokens of the answer to expect, before the limit of a target. */
  answerTokens: number;
};

/** Settles what request, route and policy each have a say in. */
export const createContext = (
  request: RoutingRequest,
  policy: Policy,
  { task, match, promptTokens, answerTokens }: Classification,
): DecisionContext => ({
  request,
  task,
  route: match.route,
  strategy: request.strategy ?? match.route?.route.strategy ?? policy.strategy,
  preferences: request.preferences ?? policy.preferences,
  limits: tightest(request.limits, policy.limits),
  promptTokens,
  answerTokens,
});

const tightest = (a: Limits, b: Limits): Limits => ({
  costNanoUsd: tighter(a.costNanoUsd, b.costNanoUsd),
  worstCostNanoUsd: tighter(a.worstCostNanoUsd, b.worstCostNanoUsd),
  costPer1MTokensNanoUsd: tighter(a.costPer1MTokensNanoUsd, b.costPer1MTokensNanoUsd),
  latencyMs: tighter(a.latencyMs, b.latencyMs),
});

const tighter = (a: number | null, b: number | null): number | null => {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
};

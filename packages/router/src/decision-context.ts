import type { Asked, Limits, Policy, Preferences, Task } from '@signalbox/spec';
import type { CompiledRoute } from './classify/compile-routes.js';
import { type CompiledTenantRule, compileTenants } from './compile-tenants.js';
import { strategyOf } from './strategies/strategies.js';
import type { Strategy } from './strategies/strategy.js';

/** What is the same for every target of one decision. Made once, read by the exclusion rules and the strategies. */
export type DecisionContext = {
  asked: Asked;
  task: Task;
  route: CompiledRoute | null;
  /** What the tenant of the request may use; `null` for everything. */
  tenant: CompiledTenantRule | null;
  /** Lists of places: a target must be in one of each. */
  residency: readonly (readonly string[])[];
  /** The request's, else the route's, else the policy's. */
  strategy: Strategy;
  /** The request's, else the policy's. */
  preferences: Preferences;
  /** The tighter of the request's and the policy's. */
  limits: Limits;
  promptTokens: number;
  /** Tokens of the answer to expect, before the limit of a target. */
  answerTokens: number;
  budgetLeftNanoUsd: number | null;
};

/** What is settled before the policy has its say. */
export type ContextInput = Pick<
  DecisionContext,
  'asked' | 'task' | 'route' | 'promptTokens' | 'answerTokens' | 'budgetLeftNanoUsd'
>;

/** Settles what request, route and policy each have a say in. Throws `UnknownStrategyError`. */
export const createContext = (input: ContextInput, policy: Policy): DecisionContext => {
  const { asked, route } = input;
  const tenant = compileTenants(policy).get(asked.tenant) ?? null;
  return {
    asked,
    task: input.task,
    route,
    promptTokens: input.promptTokens,
    answerTokens: input.answerTokens,
    budgetLeftNanoUsd: input.budgetLeftNanoUsd,
    tenant,
    residency: placesOf(policy.residency, tenant?.residency ?? ANYWHERE, asked.residency),
    strategy: strategyOf(asked.strategy ?? route?.route.strategy ?? policy.strategy, policy),
    preferences: asked.preferences ?? policy.preferences,
    limits: tightest(asked.limits, policy.limits),
  };
};

const ANYWHERE: readonly string[] = [];

const placesOf = (...lists: readonly (readonly string[])[]): readonly (readonly string[])[] =>
  lists.filter(({ length }) => length > 0);

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

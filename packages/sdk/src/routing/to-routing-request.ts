import {
  type Capability,
  type Limits,
  type Policy,
  type Preferences,
  type RoutingRequest,
  STRATEGY_NAMES,
} from '@signalbox/spec';
import type { Runtime } from '../execute/runtime.js';
import type { RoutingOptions } from './routing-options.js';

/** What the router reads off the call itself. */
export type CallFacts = {
  prompt: string;
  needs: readonly Capability[];
  maxOutputTokens: number | null;
};

const requirePositive = (name: string, value: number | undefined): number | null => {
  if (value === undefined) return null;
  if (typeof value === 'number' && Number.isFinite(value) && value > 0) return value;
  throw new RangeError(`\`${name}\` is ${value}. Give a positive number, or leave it out for no limit.`);
};

const toNanoUsd = (name: string, usd: number | undefined): number | null => {
  const checked = requirePositive(name, usd);
  return checked === null ? null : Math.round(checked * 1e9);
};

const toLimits = (limits: RoutingOptions['limits']): Limits => {
  return {
    costNanoUsd: toNanoUsd('limits.costUsd', limits?.costUsd),
    worstCostNanoUsd: toNanoUsd('limits.worstCostUsd', limits?.worstCostUsd),
    costPer1MTokensNanoUsd: toNanoUsd('limits.costPer1MTokensUsd', limits?.costPer1MTokensUsd),
    latencyMs: requirePositive('limits.latencyMs', limits?.latencyMs),
  };
};

const toPreferences = (given: Partial<Preferences>, policy: Preferences): Preferences => {
  const preferences = { ...policy, ...given };
  for (const [name, value] of Object.entries(preferences)) {
    if (typeof value !== 'number' || !(value >= 0 && value <= 1)) {
      throw new RangeError(`\`preferences.${name}\` is ${value}. Give a number from 0 to 1.`);
    }
  }
  return preferences;
};

const checkStrategy = (strategy: string | undefined, { strategies }: Policy): string | null => {
  if (strategy === undefined) return null;
  const known: readonly string[] = [...STRATEGY_NAMES, ...Object.keys(strategies)];
  if (known.includes(strategy)) return strategy;
  throw new RangeError(`\`strategy\` is "${strategy}". Give one of ${known.join(', ')}.`);
};

/** What the router sees of a call. Throws `RangeError` for an option that is out of its range. */
export const toRoutingRequest = (
  { defaultTenant, policy }: Pick<Runtime, 'defaultTenant' | 'policy'>,
  options: RoutingOptions,
  facts: CallFacts,
): RoutingRequest => ({
  ...facts,
  tenant: options.tenant ?? defaultTenant,
  userId: options.userId ?? null,
  conversationId: options.conversationId ?? null,
  source: options.source ?? null,
  model: options.model ?? null,
  strategy: checkStrategy(options.strategy, policy),
  preferences: options.preferences ? toPreferences(options.preferences, policy.preferences) : null,
  limits: toLimits(options.limits),
  residency: options.residency ?? [],
  metadata: options.metadata ?? {},
});

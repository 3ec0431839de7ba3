import { createHash } from 'node:crypto';
import type { Policy, Target } from '@signalbox/spec';
import { canonicalJson } from './canonical-json.js';
import { checkPatterns } from './classify/check-patterns.js';
import { strategyOf } from './strategies/strategies.js';

/** A policy without its targets and its version, for example the `policy` of a parsed configuration. */
export type PolicyContent = Omit<Policy, 'version' | 'targets'>;

/**
 * Joins a policy with its targets and stamps it with `version`: the first 16 hex digits of the SHA-256 of the
 * canonical JSON of both. The order of keys does not change the version; the order of routes and targets does, because
 * it decides. The result is plain data: it can be stored, sent and replayed. It must not be changed afterwards.
 *
 * Throws `ConfigInvalidError` when a pattern of a route is blank, too long, or not a safe regular expression, and
 * `UnknownStrategyError` when the policy or a route names a strategy that does not exist or is not registered.
 */
export const compilePolicy = (policy: PolicyContent, targets: readonly Target[]): Policy => {
  checkPatterns(policy);
  // Field by field, so that nothing but the policy enters the hash, and a new field cannot be forgotten.
  const content: Omit<Policy, 'version'> = {
    name: policy.name,
    strategy: policy.strategy,
    strategies: policy.strategies,
    preferences: policy.preferences,
    exploration: policy.exploration,
    distribution: policy.distribution,
    arms: policy.arms,
    sticky: policy.sticky,
    overrides: policy.overrides,
    limits: policy.limits,
    residency: policy.residency,
    tenants: policy.tenants,
    routes: policy.routes,
    fallback: policy.fallback,
    targets,
  };
  for (const { strategy } of [policy, ...policy.routes]) if (strategy !== null) strategyOf(strategy, policy);
  const version = createHash('sha256').update(canonicalJson(content)).digest('hex').slice(0, 16);
  return { ...content, version };
};

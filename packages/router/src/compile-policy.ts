import { createHash } from 'node:crypto';
import type { Policy, Target } from '@signalbox/spec';
import { canonicalJson } from './canonical-json.js';
import { checkPatterns } from './classify/check-patterns.js';
import { strategyOf } from './strategies/strategies.js';

/** A policy without its targets and its version, for example the `policy` of a parsed configuration. */
export type PolicyContent = Omit<Policy, 'version' | 'targets'>;

/**
 * Joins a policy with its targets and stamps it with its `policyVersion`. The result is plain data: it can be stored, sent
 * and replayed. It must not be changed afterwards.
 *
 * Throws `ConfigInvalidError` when a pattern of a route is blank, too long, or not a safe regular expression, and
 * `UnknownStrategyError` when the policy or a route names a strategy that does not exist or is not registered.
 */
export const compilePolicy = (policy: PolicyContent, targets: readonly Target[]): Policy => {
  checkPatterns(policy);
  for (const { strategy } of [policy, ...policy.routes]) if (strategy !== null) strategyOf(strategy, policy);
  const content = contentOf({ ...policy, targets });
  return { ...content, version: policyVersion(content) };
};

/**
 * The version of a policy: the first 16 hex digits of the SHA-256 of the canonical JSON of its content. The order of keys
 * does not change it; the order of routes and targets does, because it decides. A field that is missing counts, so that
 * what lacks one is never taken for a whole policy.
 */
export const policyVersion = (policy: Omit<Policy, 'version'>): string => {
  const content = Object.entries(contentOf(policy)).map(([name, value]) => [name, value ?? null]);
  return createHash('sha256')
    .update(canonicalJson(Object.fromEntries(content)))
    .digest('hex')
    .slice(0, 16);
};

// Field by field, so that nothing but the policy enters the version, and a new field cannot be forgotten.
const contentOf = (policy: Omit<Policy, 'version'>): Omit<Policy, 'version'> => ({
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
  targets: policy.targets,
});

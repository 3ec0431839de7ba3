import type { Exclusion } from '@signalbox/spec';
import type { DecisionContext } from '../decision-context.js';
import { circuitOpen } from './circuit-open.js';
import { contextTooLong } from './context-too-long.js';
import type { ExclusionRule } from './exclusion-rule.js';
import { missingCapability } from './missing-capability.js';
import { notAllowed } from './not-allowed.js';
import { overBudget } from './over-budget.js';
import { overRequestLimit } from './over-request-limit.js';
import { policy } from './policy.js';
import { rateLimited } from './rate-limited.js';
import type { TargetFacts } from './target-facts.js';
import { unhealthy } from './unhealthy.js';

// In the order in which they are asked: the first that excludes is the one reported, the most lasting one first.
const RULES: readonly ExclusionRule[] = [
  notAllowed,
  policy,
  missingCapability,
  contextTooLong,
  overRequestLimit,
  overBudget,
  unhealthy,
  circuitOpen,
  rateLimited,
];

/** The first reason why a target may not be used for a request, or `null`. */
export const exclude = (facts: TargetFacts, context: DecisionContext): Exclusion | null => {
  for (const rule of RULES) {
    const detail = rule.check(facts, context);
    if (detail !== null) return { reason: rule.reason, detail };
  }
  return null;
};

import type { ExclusionReason } from '@signalbox/spec';
import type { DecisionContext } from '../decision-context.js';
import type { TargetFacts } from './target-facts.js';

/** One reason why a target may not be used. `check` is pure and returns the numbers behind it, or `null` to let it pass. */
export type ExclusionRule = {
  reason: ExclusionReason;
  check(facts: TargetFacts, context: DecisionContext): string | null;
};

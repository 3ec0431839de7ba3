import type { StrategyName, Terms } from '@signalbox/spec';
import type { TargetFacts } from '../candidates/target-facts.js';
import type { DecisionContext } from '../decision-context.js';

/**
 * A ranking: gives an eligible target the named terms of its score; higher is better. Pure, and blind to the other
 * candidates: what is added to the list or taken from it never changes the order of the rest.
 * A new strategy is one file, one line in `strategies.ts`, and a run of `strategy.contract.ts`.
 */
export interface Strategy {
  readonly name: StrategyName;
  terms(facts: TargetFacts, context: DecisionContext): Terms;
}

/** Terms while a strategy collects them, in the order in which they are summed. */
export type TermBuilder = Record<string, number>;

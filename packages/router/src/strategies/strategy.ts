import type { Terms, TermWeights } from '@signalbox/spec';
import type { TargetFacts } from '../candidates/target-facts.js';
import type { Ranking } from '../choose/rank.js';
import type { DecisionContext } from '../decision-context.js';

/**
 * A ranking by a weighted sum of terms. Pure, and blind to the other candidates: what is added to the list or taken from
 * it never changes the order of the rest. A new strategy is one file, one line in `strategies.ts`, its name in
 * `STRATEGY_NAMES`, and a run of `strategy.contract.ts`.
 */
export interface WeightedStrategy {
  readonly name: string;
  /** What each term is multiplied with in a decision; a term without a weight is left out. Asked once for a decision. */
  weigh(context: DecisionContext): TermWeights;
  /**
   * The chance of each candidate to be the best one, for strategies that sample instead of taking the best: in the order
   * of the ranking, not negative; only their ratio matters. Without it the policy's distribution applies.
   */
  chances?(ranking: Ranking): readonly number[];
}

/** A ranking by a function of the user's code: see `registerStrategy`. */
export interface CodeStrategy {
  readonly name: string;
  /** Changes whenever the function decides otherwise than before. */
  readonly version: string;
  /**
   * The named terms of the score of an eligible target; higher is better. Must be pure: no clock, no chance, nothing but
   * its arguments. The terms are rounded to three decimals. A number that is not finite ends the decision with a
   * `RangeError`.
   */
  terms(facts: TargetFacts, context: DecisionContext): Terms;
}

/** What ranks the candidates of a decision. */
export type Strategy = WeightedStrategy | CodeStrategy;

/** Terms while a strategy collects them, in the order in which they are summed. */
export type TermBuilder = Record<string, number>;

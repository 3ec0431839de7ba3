import type { Terms } from '@signalbox/spec';
import type { OutcomesRead } from '../candidates/measured-signals.js';
import type { TargetFacts } from '../candidates/target-facts.js';
import type { DecisionContext } from '../decision-context.js';
import { toThousandths } from '../to-thousandths.js';
import type { CodeStrategy } from './strategy.js';
import { weighTerms } from './weigh-terms.js';

/** Gives the targets of one decision their terms. */
export type Scorer = { terms: (facts: TargetFacts) => Terms; reads: OutcomesRead };

/** A strategy in code may look at everything. */
const ALL_OUTCOMES: OutcomesRead = { outcomes: 1, user: 1 };

/** The strategy of a decision, ready to be asked for the terms of its targets, and which outcomes it reads. */
export const createScorer = (context: DecisionContext): Scorer => {
  const { strategy } = context;
  if (!('weigh' in strategy)) {
    return { terms: (facts) => checkedTerms(strategy, facts, context), reads: ALL_OUTCOMES };
  }
  const weights = strategy.weigh(context);
  return { terms: (facts) => weighTerms(weights, facts, context), reads: weights };
};

const checkedTerms = (strategy: CodeStrategy, facts: TargetFacts, context: DecisionContext): Terms => {
  const terms: Record<string, number> = {};
  for (const [name, value] of Object.entries(strategy.terms(facts, context))) {
    if (!Number.isFinite(value)) {
      throw new RangeError(
        `Strategy "${strategy.name}" gives ${facts.target.id} the term "${name}" of ${value}. Give a finite number.`,
      );
    }
    terms[name] = toThousandths(value);
  }
  return terms;
};

import type { Candidate, Snapshot, Target } from '@signalbox/spec';
import { exclude } from './candidates/exclude.js';
import { gatherFacts } from './candidates/target-facts.js';
import type { DecisionContext } from './decision-context.js';
import { STRATEGIES } from './strategies/strategies.js';
import { sumTerms } from './strategies/sum-terms.js';

/** One target as a candidate: excluded with the reason, or scored by the strategy of the decision. Its probability is still 0. */
export const consider = (target: Target, context: DecisionContext, snapshot: Snapshot): Candidate => {
  const facts = gatherFacts(target, context, snapshot);
  const excluded = exclude(facts, context);
  const terms = excluded ? {} : STRATEGIES[context.strategy].terms(facts, context);
  return {
    target: target.id,
    provider: target.provider,
    model: target.model,
    eligible: excluded === null,
    excluded,
    score: excluded ? null : sumTerms(terms),
    terms,
    probability: 0,
    signals: facts.signals,
    estimatedCostNanoUsd: facts.estimatedCostNanoUsd,
    estimatedLatencyMs: facts.estimatedLatencyMs,
  };
};

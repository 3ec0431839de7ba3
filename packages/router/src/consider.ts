import type { Candidate, Target, TargetSignals } from '@signalbox/spec';
import { exclude } from './candidates/exclude.js';
import { gatherFacts } from './candidates/target-facts.js';
import type { DecisionContext } from './decision-context.js';
import type { Scorer } from './strategies/scorer.js';
import { sumTerms } from './strategies/sum-terms.js';

/** One target as a candidate: excluded with the reason, or scored by the strategy of the decision. Its probability is still 0. */
export const consider = (
  target: Target,
  signals: TargetSignals | null,
  context: DecisionContext,
  scorer: Scorer,
): Candidate => {
  const facts = gatherFacts(target, signals, context);
  const excluded = exclude(facts, context);
  const terms = excluded ? {} : scorer.terms(facts);
  return {
    target: target.id,
    provider: target.provider,
    model: target.model,
    eligible: excluded === null,
    excluded,
    score: excluded ? null : sumTerms(terms),
    terms,
    probability: 0,
    signals,
    estimatedCostNanoUsd: facts.estimatedCostNanoUsd,
    estimatedLatencyMs: facts.estimatedLatencyMs,
  };
};

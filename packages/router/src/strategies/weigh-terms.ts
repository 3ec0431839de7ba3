import type { Terms, TermWeights } from '@signalbox/spec';
import type { TargetFacts } from '../candidates/target-facts.js';
import type { DecisionContext } from '../decision-context.js';
import { addCost } from './add-cost.js';
import { addLatency } from './add-latency.js';
import { addPreference } from './add-preference.js';
import { addQuality } from './add-quality.js';
import { addReliability } from './add-reliability.js';
import { addSuccess } from './add-success.js';
import type { TermBuilder } from './strategy.js';

/** The terms of a target, each its fixed scale times its weight, in the order in which they are summed. */
export const weighTerms = (
  weights: TermWeights,
  facts: TargetFacts,
  { route }: Pick<DecisionContext, 'route'>,
): Terms => {
  const { signals, quality } = facts;
  const terms: TermBuilder = {};
  addCost(terms, weights.cost ?? 0, facts.estimatedCostNanoUsd);
  addLatency(terms, weights.latency ?? 0, facts.estimatedLatencyMs);
  addQuality(terms, weights.quality ?? 0, quality);
  if (weights.outcomes) {
    const past = { quality, successes: signals?.successes, failures: signals?.failures };
    addSuccess(terms, 'outcomes', weights.outcomes, past);
  }
  if (weights.user) {
    const past = { quality, successes: signals?.userSuccesses, failures: signals?.userFailures };
    addSuccess(terms, 'user', weights.user, past);
  }
  addReliability(terms, weights.reliability ?? 0, signals);
  addPreference(terms, weights.preference ?? 0, facts.target.id, route);
  return terms;
};

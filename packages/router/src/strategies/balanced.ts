import type { DecisionContext } from '../decision-context.js';
import { addCost } from './add-cost.js';
import { addLatency } from './add-latency.js';
import { addPreference } from './add-preference.js';
import { addQuality } from './add-quality.js';
import { addReliability } from './add-reliability.js';
import type { Strategy, TermBuilder } from './strategy.js';

type Weights = { cost: number; latency: number; quality: number };

/**
 * Cost, latency and quality weighed by the preferences. Harder prompts give quality more weight: half its preference
 * at complexity 0, one and a half times at complexity 1. The three weights sum to 1.
 */
export const balanced: Strategy = {
  name: 'balanced',
  terms(facts, context) {
    const weights = weigh(context);
    const terms: TermBuilder = {};
    addCost(terms, weights.cost, facts.estimatedCostNanoUsd);
    addLatency(terms, weights.latency, facts.estimatedLatencyMs);
    addQuality(terms, weights.quality, facts.target.quality);
    addReliability(terms, facts.signals);
    addPreference(terms, facts.target.id, context.route);
    return terms;
  },
};

const weigh = ({ preferences, task }: DecisionContext): Weights => {
  const { costSensitivity, speedPreference, qualityPreference } = preferences;
  const quality = qualityPreference * (0.5 + task.complexityScore);
  const sum = costSensitivity + speedPreference + quality;
  // Caring for nothing is caring for all alike.
  if (sum === 0) return { cost: 1 / 3, latency: 1 / 3, quality: 1 / 3 };
  return { cost: costSensitivity / sum, latency: speedPreference / sum, quality: quality / sum };
};

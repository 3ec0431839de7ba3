import type { DecisionContext } from '../decision-context.js';
import type { ExclusionRule } from './exclusion-rule.js';
import type { TargetFacts } from './target-facts.js';
import { worstCostNanoUsd } from './worst-cost-nano-usd.js';

/**
 * Excludes targets that are expected to cost more, could cost more, or are expected to take longer, than one request
 * may. An unknown cost exceeds any limit, because a limit on money is a promise. An unknown latency exceeds none,
 * because a target that is never called is never measured.
 */
export const overRequestLimit: ExclusionRule = {
  reason: 'over-request-limit',
  check(facts, context) {
    const { costNanoUsd, latencyMs } = context.limits;
    const latency = facts.estimatedLatencyMs;
    if (costNanoUsd !== null && exceeds(facts.estimatedCostNanoUsd, costNanoUsd)) {
      return `expected ${describeCost(facts.estimatedCostNanoUsd)} limit ${costNanoUsd} nano-USD`;
    }
    if (latencyMs !== null && latency !== null && latency > latencyMs) {
      return `expected ${latency} ms, limit ${latencyMs} ms`;
    }
    return overWorstCost(facts, context) ?? overCostPerMillion(facts, context);
  },
};

const overWorstCost = (facts: TargetFacts, context: DecisionContext): string | null => {
  const limit = context.limits.worstCostNanoUsd;
  if (limit === null) return null;
  const worst = worstCostNanoUsd(facts.target, context);
  return exceeds(worst, limit) ? `at worst ${describeCost(worst)} limit ${limit} nano-USD` : null;
};

const overCostPerMillion = (facts: TargetFacts, context: DecisionContext): string | null => {
  const limit = context.limits.costPer1MTokensNanoUsd;
  if (limit === null) return null;
  const tokens = context.promptTokens + facts.answerTokens;
  const cost = facts.estimatedCostNanoUsd;
  const perMillion = cost === null || tokens === 0 ? null : Math.round((cost / tokens) * 1e6);
  if (!exceeds(perMillion, limit)) return null;
  return `expected ${describeCost(perMillion)} limit ${limit} nano-USD for a million tokens`;
};

const exceeds = (cost: number | null, limit: number): boolean => cost === null || cost > limit;

const describeCost = (cost: number | null): string => (cost === null ? 'cost unknown,' : `${cost} nano-USD,`);

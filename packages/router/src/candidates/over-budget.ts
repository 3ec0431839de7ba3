import type { ExclusionRule } from './exclusion-rule.js';

/**
 * Excludes targets that are expected to cost more than the tightest budget of the request has left. An unknown cost is
 * more than any budget, as with limits.
 */
export const overBudget: ExclusionRule = {
  reason: 'over-budget',
  check({ estimatedCostNanoUsd: cost }, { budgetLeftNanoUsd: left }) {
    if (left === null || (cost !== null && cost <= left)) return null;
    return `expected ${cost === null ? 'cost unknown,' : `${cost} nano-USD,`} ${left} nano-USD left`;
  },
};

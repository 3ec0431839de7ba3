import type { ExclusionRule } from './exclusion-rule.js';

/**
 * Excludes targets that are expected to cost more, or take longer, than one request may. An unknown cost exceeds any
 * limit, because a limit on money is a promise. An unknown latency exceeds none, because a target that is never called
 * is never measured.
 */
export const overRequestLimit: ExclusionRule = {
  reason: 'over-request-limit',
  check({ estimatedCostNanoUsd: cost, estimatedLatencyMs: latency }, { limits }) {
    if (limits.costNanoUsd !== null && (cost === null || cost > limits.costNanoUsd)) {
      return `expected ${cost === null ? 'cost unknown,' : `${cost} nano-USD,`} limit ${limits.costNanoUsd} nano-USD`;
    }
    if (limits.latencyMs !== null && latency !== null && latency > limits.latencyMs) {
      return `expected ${Math.ceil(latency)} ms, limit ${limits.latencyMs} ms`;
    }
    return null;
  },
};

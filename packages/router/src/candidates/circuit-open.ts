import type { ExclusionRule } from './exclusion-rule.js';

/** Excludes targets whose circuit breaker is open. A half-open one may be tried. */
export const circuitOpen: ExclusionRule = {
  reason: 'circuit-open',
  check({ signals }) {
    if (signals?.circuit !== 'open') return null;
    return signals.successRate === null ? 'success rate unknown' : `success rate ${signals.successRate}`;
  },
};

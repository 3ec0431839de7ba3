import type { ExclusionRule } from './exclusion-rule.js';

/** Excludes targets that were judged unhealthy. A degraded one may be used; its signals speak against it. */
export const unhealthy: ExclusionRule = {
  reason: 'unhealthy',
  check({ signals }) {
    if (signals?.health !== 'unhealthy') return null;
    return signals.successRate === null ? 'success rate unknown' : `success rate ${signals.successRate}`;
  },
};

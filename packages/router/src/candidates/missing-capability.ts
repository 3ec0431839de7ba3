import type { ExclusionRule } from './exclusion-rule.js';

/** Excludes targets of which it is not known that they have every capability which the request needs. */
export const missingCapability: ExclusionRule = {
  reason: 'missing-capability',
  check({ target }, { asked: { needs } }) {
    if (needs.length === 0) return null;
    const missing = needs.filter((capability) => !target.capabilities.includes(capability));
    return missing.length > 0 ? `not known to have ${missing.join(', ')}` : null;
  },
};

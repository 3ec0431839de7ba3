import type { ExclusionRule } from './exclusion-rule.js';

/** Excludes targets that lack a capability which the request needs. */
export const missingCapability: ExclusionRule = {
  reason: 'missing-capability',
  check({ target }, { request }) {
    if (request.needs.every((capability) => target.capabilities.includes(capability))) return null;
    const missing = request.needs.filter((capability) => !target.capabilities.includes(capability));
    return `lacks ${missing.join(', ')}`;
  },
};

import type { DecisionContext } from '../decision-context.js';
import type { ExclusionRule } from './exclusion-rule.js';

/**
 * Excludes targets that may not process this request: the tenant is denied or not allowed them, or they are in none of
 * the places that policy, tenant or request ask for. A target whose places are unknown is excluded then, because where
 * data goes is a promise.
 */
export const notAllowed: ExclusionRule = {
  reason: 'not-allowed',
  check({ target }, context) {
    const { tenant, residency, asked } = context;
    if (tenant?.deny.has(target.id)) return `denied to tenant "${asked.tenant}"`;
    if (tenant?.allow && !tenant.allow.has(target.id)) return `not allowed to tenant "${asked.tenant}"`;
    return residency.length > 0 ? outOfPlace(target.residency ?? [], residency) : null;
  },
};

const outOfPlace = (places: readonly string[], required: DecisionContext['residency']): string | null => {
  const missed = required.find((list) => !list.some((place) => places.includes(place)));
  return missed ? `in ${places.join(', ') || 'an unknown place'}, must be in ${missed.join(' or ')}` : null;
};

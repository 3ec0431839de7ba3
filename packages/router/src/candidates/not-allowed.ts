import type { ExclusionRule } from './exclusion-rule.js';

/**
 * Excludes targets that may not process this request at all: none of their places is one that the request asks for. A
 * target whose places are unknown is excluded then, because where data goes is a promise.
 */
export const notAllowed: ExclusionRule = {
  reason: 'not-allowed',
  check({ target }, { request }) {
    const places = target.residency ?? [];
    if (request.residency.length === 0 || request.residency.some((place) => places.includes(place)))
      return null;
    return `in ${places.join(', ') || 'an unknown place'}, asked for ${request.residency.join(', ')}`;
  },
};

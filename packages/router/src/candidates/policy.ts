import type { ExclusionRule } from './exclusion-rule.js';

/** Excludes what the matched route denies or does not allow. A target that is on both lists is denied. */
export const policy: ExclusionRule = {
  reason: 'policy',
  check({ target }, { route }) {
    if (route === null) return null;
    if (route.deny.has(target.id)) return `denied by route "${route.route.name}"`;
    if (route.allow && !route.allow.has(target.id)) return `not allowed by route "${route.route.name}"`;
    return null;
  },
};

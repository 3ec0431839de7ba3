import type { Policy, Route } from '@signalbox/spec';
import { createPhraseIndex, normalizePhrase, type PhraseIndex } from './phrase-index.js';

/** A route with its lists prepared for look-up. `null` stands for an empty list, which does not constrain. */
export type CompiledRoute = {
  route: Route;
  /** Positions of the route's patterns in the phrases of the index, in the order of the route. */
  patterns: readonly number[];
  metadata: readonly (readonly [key: string, value: string])[];
  prefer: ReadonlySet<string>;
  allow: ReadonlySet<string> | null;
  deny: ReadonlySet<string>;
};

/** The routes of a policy, and all their patterns in one index; the index is `null` when there is no pattern. */
export type CompiledRoutes = { index: PhraseIndex | null; routes: readonly CompiledRoute[] };

const compiled = new WeakMap<Policy, CompiledRoutes>();

/** The prepared routes of a policy. Derived on first use and kept with the policy object, which stays plain data. */
export const compileRoutes = (policy: Policy): CompiledRoutes => {
  const known = compiled.get(policy);
  if (known) return known;
  const positions = new Map<string, number>();
  const routes = policy.routes.map((route) => compileRoute(route, positions));
  const fresh = { index: positions.size > 0 ? createPhraseIndex([...positions.keys()]) : null, routes };
  compiled.set(policy, fresh);
  return fresh;
};

const compileRoute = (route: Route, positions: Map<string, number>): CompiledRoute => ({
  route,
  patterns: route.patterns.map((pattern) => {
    const key = normalizePhrase(pattern);
    const position = positions.get(key) ?? positions.size;
    positions.set(key, position);
    return position;
  }),
  metadata: Object.entries(route.metadata),
  prefer: new Set(route.prefer),
  allow: route.allow.length > 0 ? new Set(route.allow) : null,
  deny: new Set(route.deny),
});

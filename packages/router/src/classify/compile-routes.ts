import type { Policy, Route } from '@signalbox/spec';
import { createExpressionSet, type ExpressionSet, expressionIn } from './expression.js';
import { createPhraseIndex, normalizePhrase, type PhraseIndex } from './phrase-index.js';

/** A route with its lists prepared for look-up. `null` stands for an empty list, which does not constrain. */
export type CompiledRoute = {
  route: Route;
  /** For each pattern of the route: its position in the phrases of the index, or -1 for an expression. */
  phrases: readonly number[];
  /** Its regular expressions, and for each its position in the patterns of the route; `null` when it has none. */
  expressions: { find: ExpressionSet; patterns: readonly number[] } | null;
  metadata: readonly (readonly [key: string, value: string])[];
  prefer: ReadonlySet<string>;
  allow: ReadonlySet<string> | null;
  deny: ReadonlySet<string>;
};

/** The routes of a policy, and all their phrases in one index; the index is `null` when there is no phrase. */
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
  phrases: route.patterns.map((pattern) => {
    if (expressionIn(pattern) !== null) return -1;
    const key = normalizePhrase(pattern);
    const position = positions.get(key) ?? positions.size;
    positions.set(key, position);
    return position;
  }),
  expressions: compileExpressions(route.patterns),
  metadata: Object.entries(route.metadata),
  prefer: new Set(route.prefer),
  allow: route.allow.length > 0 ? new Set(route.allow) : null,
  deny: new Set(route.deny),
});

const compileExpressions = (all: readonly string[]): CompiledRoute['expressions'] => {
  const found = all.flatMap((pattern, position) => {
    const expression = expressionIn(pattern);
    return expression === null ? [] : [{ expression, position }];
  });
  if (found.length === 0) return null;
  return {
    find: createExpressionSet(found.map(({ expression }) => expression)),
    patterns: found.map(({ position }) => position),
  };
};

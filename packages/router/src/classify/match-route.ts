import type { Policy, RoutingRequest, Task } from '@signalbox/spec';
import { type CompiledRoute, compileRoutes } from './compile-routes.js';
import { findPhrases } from './phrase-index.js';
import type { PromptReading } from './read-prompt.js';

/** The route that a request takes, and which of its patterns were found, in the order of the route. */
export type RouteMatch = { route: CompiledRoute | null; patterns: readonly string[] };

const NO_MATCH: RouteMatch = { route: null, patterns: [] };
const NO_PATTERNS: readonly string[] = [];

/**
 * The first route of the policy whose every list has a hit. Lists that are empty do not constrain, so a route without
 * any takes what reaches it. Expressions are only looked for where everything else fits.
 */
export const matchRoute = (
  request: RoutingRequest,
  task: Task,
  reading: PromptReading,
  policy: Policy,
): RouteMatch => {
  const { index, routes } = compileRoutes(policy);
  if (routes.length === 0) return NO_MATCH;
  const phrases = new Set<number>();
  if (index) {
    const { lowerCase: text, shape } = reading;
    findPhrases(index, { text, starts: shape.starts }, (phrase) => phrases.add(phrase));
  }
  for (const route of routes) {
    if (!fits(route, request, task)) continue;
    const patterns = patternsFound(route, phrases, reading.text);
    if (patterns.length > 0 || route.phrases.length === 0) return { route, patterns };
  }
  return NO_MATCH;
};

const fits = ({ route, metadata }: CompiledRoute, request: RoutingRequest, task: Task): boolean =>
  (route.taskTypes.length === 0 || route.taskTypes.includes(task.type)) &&
  (route.complexities.length === 0 || route.complexities.includes(task.complexity)) &&
  metadata.every(([key, value]) => request.metadata[key] === value);

const patternsFound = (
  { route, phrases: ofRoute, expressions }: CompiledRoute,
  phrases: ReadonlySet<number>,
  text: string,
): readonly string[] => {
  if (ofRoute.length === 0) return NO_PATTERNS;
  const matched = expressions?.find(text).map((at) => expressions.patterns[at]) ?? [];
  return route.patterns.filter((_, at) => phrases.has(ofRoute[at] ?? -1) || matched.includes(at));
};

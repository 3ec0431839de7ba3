import type { Policy, RoutingRequest, Task } from '@signalbox/spec';
import { type CompiledRoute, compileRoutes } from './compile-routes.js';
import { findPhrases } from './phrase-index.js';
import type { PromptReading } from './read-prompt.js';

/** The route that a request takes, and which of its patterns were found, in the order of the route. */
export type RouteMatch = { route: CompiledRoute | null; patterns: readonly string[] };

const NO_MATCH: RouteMatch = { route: null, patterns: [] };

/**
 * The first route of the policy whose every list has a hit. Lists that are empty do not constrain, so a route without
 * any takes what reaches it.
 */
export const matchRoute = (
  request: RoutingRequest,
  task: Task,
  reading: PromptReading,
  policy: Policy,
): RouteMatch => {
  const { index, routes } = compileRoutes(policy);
  if (routes.length === 0) return NO_MATCH;
  const found = new Set<number>();
  if (index) {
    const { lowerCase: text, shape } = reading;
    findPhrases(index, { text, starts: shape.starts }, (phrase) => found.add(phrase));
  }
  for (const route of routes) {
    if (matches(route, request, task, found)) return { route, patterns: patternsFound(route, found) };
  }
  return NO_MATCH;
};

const matches = (
  { route, patterns, metadata }: CompiledRoute,
  request: RoutingRequest,
  task: Task,
  found: ReadonlySet<number>,
): boolean =>
  (route.taskTypes.length === 0 || route.taskTypes.includes(task.type)) &&
  (route.complexities.length === 0 || route.complexities.includes(task.complexity)) &&
  metadata.every(([key, value]) => request.metadata[key] === value) &&
  (patterns.length === 0 || patterns.some((pattern) => found.has(pattern)));

const patternsFound = ({ route, patterns }: CompiledRoute, found: ReadonlySet<number>): readonly string[] =>
  route.patterns.filter((_, position) => found.has(patterns[position] ?? -1));

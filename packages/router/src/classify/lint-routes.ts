import type { ConfigIssue, Policy, Route } from '@signalbox/spec';
import { patternProblem } from './pattern-problem.js';
import { findShadows } from './route-coverage.js';

/** What of a policy the check of its routes looks at. */
export type RoutesToLint = Pick<Policy, 'routes'> & { targets: readonly { id: string }[] };

/**
 * What is wrong with the routes of a policy, each with the path of the field in the configuration and what to do: a
 * pattern that cannot be used or never be found, a name that is taken, a route that can never match because earlier
 * ones take all its requests, and one that contradicts itself. Empty when all is well. Pure.
 */
export const lintRoutes = ({ routes, targets }: RoutesToLint): readonly ConfigIssue[] => {
  const shadows = findShadows(routes);
  return routes.flatMap((route, position) => {
    const path = `policy.routes[${position}]`;
    return [
      ...lintName(routes, position, path),
      ...lintPatterns(route, path),
      ...lintReach(shadows[position] ?? null, path),
      ...lintTargets(route, targets, path),
    ];
  });
};

/** What is wrong with the patterns of a route: blank, too long, or not a safe regular expression. */
export const lintPatterns = ({ patterns }: Pick<Route, 'patterns'>, path: string): readonly ConfigIssue[] =>
  patterns.flatMap((pattern, at) => {
    const problem = patternProblem(pattern);
    return problem === null ? [] : [{ path: `${path}.patterns[${at}]`, message: `"${pattern}" ${problem}` }];
  });

const lintName = (routes: readonly Route[], position: number, path: string): ConfigIssue[] => {
  const name = routes[position]?.name;
  const first = routes.findIndex((route) => route.name === name);
  if (first === position) return [];
  return [{ path: `${path}.name`, message: `"${name}" is already the name of policy.routes[${first}]` }];
};

const lintReach = (shadows: readonly Route[] | null, path: string): ConfigIssue[] => {
  if (shadows === null) return [];
  const names = shadows.map(({ name }) => `"${name}"`).join(', ');
  const message = `can never match: every request that fits it is taken by ${names} before it. Move it up, or narrow what is before it`;
  return [{ path, message }];
};

const lintTargets = (
  { allow, deny, prefer }: Route,
  targets: readonly { id: string }[],
  path: string,
): ConfigIssue[] => {
  const isOpen = (id: string): boolean => !deny.includes(id) && (allow.length === 0 || allow.includes(id));
  const ids = allow.length > 0 ? allow : targets.map(({ id }) => id);
  if (ids.length > 0 && !ids.some(isOpen)) {
    const field = allow.length > 0 ? 'allow' : 'deny';
    const message = 'leaves no target: all that the route could use are denied. Take one out of `deny`';
    return [{ path: `${path}.${field}`, message }];
  }
  return prefer.flatMap((id, at) =>
    isOpen(id)
      ? []
      : [{ path: `${path}.prefer[${at}]`, message: `"${id}" is preferred, but the route does not allow it` }],
  );
};

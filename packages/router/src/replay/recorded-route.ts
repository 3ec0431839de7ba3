import type { Policy, Route } from '@signalbox/spec';
import { type CompiledRoute, compileRoutes } from '../classify/compile-routes.js';
import type { DecisionRecord } from './replay.js';

/**
 * The route that a recorded request takes under a policy: under its own the recorded one. Under another the first that
 * matches by what is recorded: the task type and the complexity always; patterns among those that were found; for
 * patterns that were not looked for, and for metadata, which is not recorded, only the route of the recorded name.
 */
export const recordedRoute = (record: DecisionRecord, policy: Policy): CompiledRoute | null => {
  const { routes } = compileRoutes(policy);
  const found =
    record.policy.version === policy.version
      ? routes.find(({ route }) => route.name === record.route)
      : routes.find(({ route }) => matches(route, record));
  return found ?? null;
};

const matches = (route: Route, { task, ...record }: DecisionRecord): boolean => {
  if (route.taskTypes.length > 0 && !route.taskTypes.includes(task.type)) return false;
  if (route.complexities.length > 0 && !route.complexities.includes(task.complexity)) return false;
  if (route.name === record.route) return true;
  return Object.keys(route.metadata).length === 0 && sharesPattern(route, record.routePatterns);
};

const sharesPattern = ({ patterns }: Route, found: readonly string[]): boolean =>
  patterns.length === 0 || patterns.some((pattern) => found.includes(pattern));

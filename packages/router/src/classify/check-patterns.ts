import { ConfigInvalidError, type Policy } from '@signalbox/spec';
import { lintPatterns } from './lint-routes.js';

/** Throws `ConfigInvalidError` when a pattern of a route is blank, too long, or not a safe regular expression. */
export const checkPatterns = ({ name, routes }: Pick<Policy, 'name' | 'routes'>): void => {
  const issues = routes.flatMap((route, at) => lintPatterns(route, `policy.routes[${at}]`));
  if (issues.length > 0) throw new ConfigInvalidError({ source: `The policy "${name}"`, issues });
};

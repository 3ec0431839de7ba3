import { type CollectorConfig, ConfigInvalidError } from '@signalbox/spec';
import { createAuthenticate } from './authenticate.js';
import { faultOfVariable, sha256OfToken } from './read-token-digests.js';

/**
 * Who may read /metrics: with `collector.metrics.tokenEnv` whoever shows that token; without it everybody where OTLP needs
 * no token, and nobody where it does. The tokens of tenants are for sending. Throws ConfigInvalidError when the variable
 * is not set.
 */
export const createMetricsAccess = (
  { tokens, metrics }: CollectorConfig,
  environment: NodeJS.ProcessEnv,
): ((authorization: readonly string[]) => boolean) => {
  const { tokenEnv } = metrics;
  if (tokenEnv === undefined) return () => tokens.length === 0;
  const message = faultOfVariable(tokenEnv, environment);
  if (message !== null) {
    const issues = [{ path: 'collector.metrics.tokenEnv', message }];
    throw new ConfigInvalidError({ source: 'The configuration', issues });
  }
  const sha256 = sha256OfToken(environment[tokenEnv] ?? '');
  const authenticate = createAuthenticate([{ tenant: 'metrics', sha256 }]);
  return (authorization) => authenticate(authorization) !== null;
};

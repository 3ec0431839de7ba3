import { createHash } from 'node:crypto';
import { type CollectorConfig, ConfigInvalidError, type ConfigIssue } from '@signalbox/spec';

/** A bearer token as the collector keeps it. */
export type TokenDigest = {
  readonly tenant: string;
  /** SHA-256 of the token, 32 bytes. */
  readonly sha256: Buffer;
};

type TokenConfig = CollectorConfig['tokens'][number];

const SHORTEST_TOKEN = 16;

/**
 * The digests of `collector.tokens`; what `tokenEnv` names comes from `environment`. Throws ConfigInvalidError with every
 * variable that is not set or too short, and with every token that two entries share.
 */
export const readTokenDigests = (
  tokens: readonly TokenConfig[],
  environment: NodeJS.ProcessEnv,
): TokenDigest[] => {
  const issues: ConfigIssue[] = [];
  const paths = new Map<string, string>();
  const digests = tokens.map((config, index) => {
    const path = `collector.tokens[${index}]`;
    const { tenant, tokenEnv } = config;
    const fault = tokenEnv === undefined ? null : faultOfVariable(tokenEnv, environment);
    if (fault !== null) {
      issues.push({ path: `${path}.tokenEnv`, message: fault });
      return [];
    }
    const sha256 = digestOf(config, environment);
    const first = paths.get(sha256.toString('hex'));
    if (first !== undefined) issues.push({ path, message: `is the token of ${first} too` });
    paths.set(sha256.toString('hex'), path);
    return [{ tenant, sha256 }];
  });
  if (issues.length > 0) throw new ConfigInvalidError({ source: 'The configuration', issues });
  return digests.flat();
};

/** SHA-256 of a token that stands in a configuration or in an environment variable. */
export const sha256OfToken = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Why an environment variable cannot hold a token, or `null`. */
export const faultOfVariable = (name: string, environment: NodeJS.ProcessEnv): string | null => {
  const { length } = environment[name] ?? '';
  if (length === 0) return `the environment variable ${name} is not set`;
  return length < SHORTEST_TOKEN
    ? `the environment variable ${name} holds fewer than ${SHORTEST_TOKEN} characters`
    : null;
};

const digestOf = ({ tokenEnv, sha256, token }: TokenConfig, environment: NodeJS.ProcessEnv): Buffer =>
  sha256 === undefined
    ? sha256OfToken(token ?? environment[tokenEnv ?? ''] ?? '')
    : Buffer.from(sha256, 'hex');

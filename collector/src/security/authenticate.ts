import { createHash, timingSafeEqual } from 'node:crypto';
import type { Refusal } from '../refusal.js';
import type { TokenDigest } from './read-token-digests.js';

/** Who sends a request. `tenant` is `null` where no tokens are configured: telemetry then names its tenant itself. */
export type Principal = { readonly tenant: string | null };

/** The principal of a request by its Authorization headers, as received; `null` when they do not let it in. */
export type Authenticate = (authorization: readonly string[]) => Principal | null;

/** What those get who are not let in. Says nothing about which tokens there are. */
export const UNAUTHENTICATED: Refusal = {
  status: 'unauthenticated',
  reason: 'a known bearer token is needed',
};

const MAX_HEADER_LENGTH = 4_096;
const BEARER = /^Bearer +(\S+) *$/i;

/** Lets in who shows one of the tokens; everybody where there are none. */
export const createAuthenticate = (tokens: readonly TokenDigest[]): Authenticate => {
  if (tokens.length === 0) return () => ANYBODY;
  return (authorization) => {
    const token = readToken(authorization);
    if (token === null) return null;
    const digest = createHash('sha256').update(token, 'latin1').digest();
    let principal: Principal | null = null;
    // All of them are compared, each in constant time: how long it takes says nothing about the tokens.
    for (const candidate of tokens) {
      if (timingSafeEqual(candidate.sha256, digest)) principal = candidate;
    }
    return principal;
  };
};

const ANYBODY: Principal = { tenant: null };

// Two headers could be read differently by a proxy and by us: exactly one counts.
const readToken = (authorization: readonly string[]): string | null => {
  const [header] = authorization;
  if (header === undefined || authorization.length > 1 || header.length > MAX_HEADER_LENGTH) return null;
  return BEARER.exec(header)?.[1] ?? null;
};

import { hash } from 'node:crypto';

/** How many distinct bodies are counted; the oldest is forgotten beyond it. */
const MAX_COUNTED_BODIES = 65_536;

/** Names a request for its draws. Called once per request. */
export type RequestKeys = {
  /**
   * Returns the key the caller gave, or one of the body: its hash and how often this provider has seen it.
   * The retry number of the `openai` client is part of both, so that a retry draws anew.
   */
  next(request: RequestIdentity): string;
};

/** What tells one request from another. */
type RequestIdentity = {
  provider: string;
  body: Buffer;
  /** Header `x-simulator-key`. */
  givenKey: string | undefined;
  /** Header `x-stainless-retry-count`. */
  retryCount: string | undefined;
};

/** Creates the counter of bodies of one simulator. Holds at most 65,536 of them. */
export function createRequestKeys(): RequestKeys {
  const seen = new Map<string, number>();
  return {
    next({ provider, body, givenKey, retryCount = '0' }) {
      if (givenKey !== undefined) return `key:${givenKey}:${retryCount}`;
      const digest = hash('sha1', body, 'base64url');
      const counted = `${provider} ${digest} ${retryCount}`;
      const occurrence = seen.get(counted) ?? 0;
      // Deleting first keeps the map in order of last use, so that busy bodies are not forgotten.
      seen.delete(counted);
      seen.set(counted, occurrence + 1);
      if (seen.size > MAX_COUNTED_BODIES) forgetOldest(seen);
      return `body:${digest}:${retryCount}:${occurrence}`;
    },
  };
}

function forgetOldest(seen: Map<string, number>): void {
  for (const oldest of seen.keys()) {
    seen.delete(oldest);
    return;
  }
}

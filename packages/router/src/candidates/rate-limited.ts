import type { ExclusionRule } from './exclusion-rule.js';

/** Excludes targets whose rate limit has no room for the request now: no request left, or fewer tokens than expected. */
export const rateLimited: ExclusionRule = {
  reason: 'rate-limited',
  check({ signals, answerTokens }, { promptTokens }) {
    const requestsLeft = signals?.requestsLeft ?? null;
    const tokensLeft = signals?.tokensLeft ?? null;
    const needed = promptTokens + answerTokens;
    if (requestsLeft !== null && requestsLeft < 1) return 'no request left';
    if (tokensLeft === null || needed <= tokensLeft) return null;
    return `expected ${needed} tokens, ${tokensLeft} left`;
  },
};

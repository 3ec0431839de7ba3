import type { ExclusionRule } from './exclusion-rule.js';

/**
 * Excludes targets that cannot hold the prompt and its answer, or cannot write an answer as long as the caller asked
 * for: providers refuse such calls. The room for the answer is what the caller asked for, else what is expected.
 * Unknown limits exclude nothing.
 */
export const contextTooLong: ExclusionRule = {
  reason: 'context-too-long',
  check({ target }, { asked: { maxOutputTokens: asked }, promptTokens, answerTokens }) {
    const { contextTokens, maxOutputTokens } = target;
    if (asked !== null && maxOutputTokens !== null && asked > maxOutputTokens) {
      return `answer of ${asked} tokens asked for, limit ${maxOutputTokens}`;
    }
    const room = asked ?? answerTokens;
    if (contextTokens === null || promptTokens + room <= contextTokens) return null;
    return `needs ${promptTokens + room} tokens (prompt ${promptTokens}, answer ${room}), context ${contextTokens}`;
  },
};

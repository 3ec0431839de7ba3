import type { LanguageModelV4Usage } from '@ai-sdk/provider';
import type { TokenUsage } from '@signalbox/spec';

/** The usage of a call about which the provider said nothing. */
export const UNKNOWN_USAGE: TokenUsage = {
  input: null,
  output: null,
  cacheRead: null,
  cacheWrite: null,
  reasoning: null,
};

/** A token count as it may be reported: a whole number from 0, otherwise `null`. */
export const toTokenCount = (count: number | null | undefined): number | null =>
  typeof count === 'number' && Number.isInteger(count) && count >= 0 ? count : null;

/**
 * The AI SDK's usage as Signalbox's. Both count cached tokens into the input and reasoning into the output, so nothing
 * is added up here; a count that the provider did not report is `null`.
 */
export const toTokenUsage = (usage: LanguageModelV4Usage | undefined): TokenUsage => ({
  input: toTokenCount(usage?.inputTokens.total),
  output: toTokenCount(usage?.outputTokens.total),
  cacheRead: toTokenCount(usage?.inputTokens.cacheRead),
  cacheWrite: toTokenCount(usage?.inputTokens.cacheWrite),
  reasoning: toTokenCount(usage?.outputTokens.reasoning),
});

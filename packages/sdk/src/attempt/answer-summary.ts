import type { LanguageModelV4GenerateResult, LanguageModelV4StreamPart } from '@ai-sdk/provider';
import type { AttemptOutcome } from '@signalbox/spec';
import { toTokenUsage, UNKNOWN_USAGE } from './token-usage.js';

/** What an answer says about itself: usage, the model that served it, its id, why it ended. */
export type AnswerSummary = Pick<AttemptOutcome, 'usage' | 'responseModel' | 'responseId' | 'finishReason'>;

/** The summary of a call that brought nothing. */
export const EMPTY_SUMMARY: AnswerSummary = {
  usage: UNKNOWN_USAGE,
  responseModel: null,
  responseId: null,
  finishReason: null,
};

/** The summary of a whole answer. */
export const summarizeResult = (result: LanguageModelV4GenerateResult): AnswerSummary => ({
  usage: toTokenUsage(result.usage),
  responseModel: result.response?.modelId ?? null,
  responseId: result.response?.id ?? null,
  finishReason: { unified: result.finishReason.unified, raw: result.finishReason.raw ?? null },
});

/** The summary with one more stream part taken in. */
export const summarizePart = (summary: AnswerSummary, part: LanguageModelV4StreamPart): AnswerSummary => {
  switch (part.type) {
    case 'response-metadata':
      return {
        ...summary,
        responseModel: part.modelId ?? summary.responseModel,
        responseId: part.id ?? summary.responseId,
      };
    case 'finish':
      return {
        ...summary,
        usage: toTokenUsage(part.usage),
        finishReason: { unified: part.finishReason.unified, raw: part.finishReason.raw ?? null },
      };
    default:
      return summary;
  }
};

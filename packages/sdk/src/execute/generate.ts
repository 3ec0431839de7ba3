import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4GenerateResult,
} from '@ai-sdk/provider';
import type { RequestOutcome, Target } from '@signalbox/spec';
import { EMPTY_SUMMARY, summarizeResult } from '../attempt/answer-summary.js';
import { unfinishedAnswer } from '../attempt/unfinished-answer.js';
import { untilAborted } from '../attempt/until-aborted.js';
import type { OpenRequest } from './open-request.js';
import { withDecision } from './provider-metadata.js';
import { runAttempts, type TryResult } from './run-attempts.js';
import type { Runtime } from './runtime.js';

/** A whole answer, the target that gave it, and how the request ended. */
export type Generated = { result: LanguageModelV4GenerateResult; served: Target; outcome: RequestOutcome };

const tryGenerate = async (
  model: LanguageModelV4,
  options: LanguageModelV4CallOptions,
): Promise<TryResult<LanguageModelV4GenerateResult>> => {
  try {
    const result = await untilAborted(model.doGenerate(options), options.abortSignal);
    const error = unfinishedAnswer(result.finishReason.unified);
    return error
      ? { status: 'failed', error, summary: summarizeResult(result) }
      : { status: 'answered', answer: result };
  } catch (error) {
    return { status: 'failed', error, summary: EMPTY_SUMMARY };
  }
};

/** Gets a whole answer for an open request and ends it. Throws as `runAttempts` does. */
export const generate = async (
  runtime: Runtime,
  request: OpenRequest,
  options: LanguageModelV4CallOptions,
): Promise<Generated> => {
  const { attempt, answer } = await runAttempts(runtime, request, {
    options,
    stream: false,
    tryTarget: (model) => tryGenerate(model, options),
  });
  attempt.end({ summary: summarizeResult(answer), failure: null });
  const outcome = request.end({ served: attempt.target });
  const providerMetadata = withDecision(answer.providerMetadata, request.decisionId, outcome);
  return { result: { ...answer, providerMetadata }, served: attempt.target, outcome };
};

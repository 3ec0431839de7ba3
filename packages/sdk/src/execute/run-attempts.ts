import type { LanguageModelV4, LanguageModelV4CallOptions } from '@ai-sdk/provider';
import { AllAttemptsFailedError, type AttemptFailure, type Target } from '@signalbox/spec';
import type { AnswerSummary } from '../attempt/answer-summary.js';
import { classifyError } from '../attempt/classify-error.js';
import type { OpenAttempt } from './open-attempt.js';
import type { OpenRequest } from './open-request.js';
import type { Runtime } from './runtime.js';

/** How one try at a target ended. Failures are data; `summary` holds what is known of the answer all the same. */
export type TryResult<Answer> =
  | { status: 'answered'; answer: Answer }
  | { status: 'failed'; error: unknown; summary: AnswerSummary };

/** What is sent, and how one target is tried. `tryTarget` must not throw. */
export type Call<Answer> = {
  options: LanguageModelV4CallOptions;
  stream: boolean;
  tryTarget: (model: LanguageModelV4, attempt: OpenAttempt) => Promise<TryResult<Answer>>;
};

type Failed = { target: Target; failure: AttemptFailure; error: unknown };

const settingsOf = ({ temperature, topP, maxOutputTokens }: LanguageModelV4CallOptions) => ({
  temperature: temperature ?? null,
  topP: topP ?? null,
  maxOutputTokens: maxOutputTokens ?? null,
});

/** Whether a prompt that was too long for `failed` may fit `next`; an unknown context size is worth a try. */
const mayHoldMore = (failed: Target, next: Target): boolean =>
  failed.contextTokens === null || next.contextTokens === null || next.contextTokens > failed.contextTokens;

const endFailed = (request: OpenRequest, failures: readonly Failed[], signal?: AbortSignal): unknown => {
  if (signal?.aborted) {
    request.end({ failure: classifyError(signal.reason, signal).failure });
    return signal.reason;
  }
  const last = failures.at(-1);
  if (last) request.end({ failure: last.failure });
  return new AllAttemptsFailedError({
    decisionId: request.decisionId,
    failures: failures.map(({ target, failure }) => ({ target: target.id, failure })),
    cause: last?.error,
  });
};

/**
 * Tries the chosen target, then its fallbacks, until one answers; a failure that no other target can mend ends it at
 * once. Ends every attempt but the answering one, which the caller ends together with the request.
 *
 * Throws `AllAttemptsFailedError` with the last error as `cause`, or the reason of the caller's signal; the request is
 * ended then.
 */
export const runAttempts = async <Answer>(
  runtime: Runtime,
  request: OpenRequest,
  call: Call<Answer>,
): Promise<{ attempt: OpenAttempt; answer: Answer }> => {
  const { abortSignal } = call.options;
  const failures: Failed[] = [];

  for (const id of [request.decision.selected, ...request.decision.fallbacks]) {
    if (abortSignal?.aborted) break;
    const { target, model } = runtime.targetOf(id);
    const previous = failures.at(-1);
    if (previous?.failure.type === 'context-too-long' && !mayHoldMore(previous.target, target)) continue;

    const attempt = request.startAttempt({
      target,
      cause: previous ? 'fallback' : 'first',
      stream: call.stream,
      settings: settingsOf(call.options),
    });
    const result = await attempt.run(() => call.tryTarget(model, attempt));
    if (result.status === 'answered') return { attempt, answer: result.answer };

    const { failure, elsewhere } = classifyError(result.error, abortSignal);
    attempt.end({ summary: result.summary, failure });
    failures.push({ target, failure, error: result.error });
    if (!elsewhere) break;
  }
  throw endFailed(request, failures, abortSignal);
};

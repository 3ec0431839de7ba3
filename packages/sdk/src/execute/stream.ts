import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4StreamResult,
} from '@ai-sdk/provider';
import type { Target } from '@signalbox/spec';
import { EMPTY_SUMMARY, summarizePart } from '../attempt/answer-summary.js';
import { type OpenedStream, openStream } from '../attempt/open-stream.js';
import { isContentPart } from '../attempt/stream-part.js';
import { deliverStream } from './deliver-stream.js';
import type { OpenAttempt } from './open-attempt.js';
import type { OpenRequest } from './open-request.js';
import { runAttempts, type TryResult } from './run-attempts.js';
import type { Runtime } from './runtime.js';

const tryStream = async (
  model: LanguageModelV4,
  attempt: OpenAttempt,
  options: LanguageModelV4CallOptions,
): Promise<TryResult<OpenedStream>> => {
  const result = await openStream(model, options);
  if (result.status === 'failed') {
    const summary = result.held.reduce(summarizePart, EMPTY_SUMMARY);
    return { status: 'failed', error: result.error, summary };
  }
  if (result.stream.held.some(isContentPart)) attempt.markFirstChunk();
  return { status: 'answered', answer: result.stream };
};

/** A streamed answer that has begun, and the target that gives it. */
export type Streaming = { result: LanguageModelV4StreamResult; served: Target };

/**
 * Gets a streamed answer for an open request. Resolves when the first content is there; until then targets take over
 * from one another. The stream ends the request (see `deliverStream`). Throws as `runAttempts` does.
 */
export const stream = async (
  runtime: Runtime,
  request: OpenRequest,
  options: LanguageModelV4CallOptions,
): Promise<Streaming> => {
  const { attempt, answer } = await runAttempts(runtime, request, {
    options,
    stream: true,
    tryTarget: (model, attempt) => tryStream(model, attempt, options),
  });
  const delivered = deliverStream({ request, attempt, opened: answer, signal: options.abortSignal });
  return { result: { ...answer.rest, stream: delivered }, served: attempt.target };
};

import type { LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { type AttemptFailure, type RequestOutcome, StreamInterruptedError } from '@signalbox/spec';
import { EMPTY_SUMMARY, summarizePart } from '../attempt/answer-summary.js';
import { classifyError } from '../attempt/classify-error.js';
import { type OpenedStream, readPart } from '../attempt/open-stream.js';
import { failureOfPart, isContentPart } from '../attempt/stream-part.js';
import type { OpenAttempt } from './open-attempt.js';
import type { OpenRequest } from './open-request.js';
import { withDecision } from './provider-metadata.js';

type Controller = ReadableStreamDefaultController<LanguageModelV4StreamPart>;

/**
 * Parts read ahead of the caller. Reading ahead ends the attempt when the provider is done, however slowly or little
 * the caller reads; the bound keeps a stream without end from filling the memory.
 */
const MAX_QUEUED_PARTS = 4096;

const STOPPED_READING: AttemptFailure = {
  type: 'cancelled',
  message: 'The caller stopped reading the stream.',
  status: null,
};

/** Ends a stream that broke off. Its usage is unknown: providers send it with the finish. */
const BROKEN_OFF: LanguageModelV4StreamPart = {
  type: 'finish',
  finishReason: { unified: 'error', raw: undefined },
  usage: {
    inputTokens: { total: undefined, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
    outputTokens: { total: undefined, text: undefined, reasoning: undefined },
  },
};

/**
 * The caller's end of an opened stream. It ends attempt and request exactly once:
 *
 * - `finish`: succeeded; the part carries the decision in `providerMetadata.signalbox`.
 * - The provider breaks off: failed; the caller gets an `error` part with a `StreamInterruptedError`, then a `finish`
 *   with the reason `error`. Never a clean end, never another target: the caller has already seen content.
 * - The caller cancels the stream: cancelled.
 * - The caller's signal aborts: cancelled, and the stream errors with the signal's reason, read or not.
 */
export const deliverStream = (options: {
  request: OpenRequest;
  attempt: OpenAttempt;
  opened: OpenedStream;
  signal: AbortSignal | undefined;
}): ReadableStream<LanguageModelV4StreamPart> => {
  const { request, attempt, opened, signal } = options;
  const { decisionId } = request;
  let summary = EMPTY_SUMMARY;
  let isOpen = true;
  let onAbort: (() => void) | undefined;

  const settle = (failure: AttemptFailure | null): RequestOutcome => {
    isOpen = false;
    if (onAbort) signal?.removeEventListener('abort', onAbort);
    opened.reader.cancel().catch(() => undefined);
    attempt.end({ summary, failure });
    return request.end(failure ? { failure } : { served: attempt.target });
  };

  const interrupt = (controller: Controller, cause: unknown): void => {
    settle(classifyError(cause, signal).failure);
    const error = new StreamInterruptedError({ target: attempt.target.id, decisionId, cause });
    controller.enqueue({ type: 'error', error });
    controller.enqueue(BROKEN_OFF);
    controller.close();
  };

  const deliver = (controller: Controller, part: LanguageModelV4StreamPart): void => {
    summary = summarizePart(summary, part);
    if (isContentPart(part)) {
      attempt.markFirstChunk();
      request.markFirstChunk();
    }
    const failure = failureOfPart(part);
    if (failure) {
      interrupt(controller, failure.error);
    } else if (part.type === 'finish') {
      const outcome = settle(null);
      const providerMetadata = withDecision(part.providerMetadata, decisionId, outcome);
      controller.enqueue({ ...part, providerMetadata });
      controller.close();
    } else {
      controller.enqueue(part);
    }
  };

  return new ReadableStream<LanguageModelV4StreamPart>(
    {
      start: (controller) => {
        onAbort = () => {
          settle(classifyError(signal?.reason, signal).failure);
          controller.error(signal?.reason);
        };
        signal?.addEventListener('abort', onAbort, { once: true });
        if (signal?.aborted) onAbort();
      },
      pull: async (controller) => {
        try {
          const part = opened.held.shift() ?? (await readPart(opened.reader));
          if (isOpen) deliver(controller, part);
        } catch (error) {
          if (isOpen) interrupt(controller, error);
        }
      },
      cancel: () => {
        if (isOpen) settle(STOPPED_READING);
      },
    },
    { highWaterMark: MAX_QUEUED_PARTS },
  );
};

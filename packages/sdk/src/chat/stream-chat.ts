import type { LanguageModelV4StreamPart } from '@ai-sdk/provider';
import type { Decision } from '@signalbox/spec';
import { EMPTY_SUMMARY, summarizePart } from '../attempt/answer-summary.js';
import { routeCall } from '../execute/route-call.js';
import type { Runtime } from '../execute/runtime.js';
import { stream } from '../execute/stream.js';
import { type ChatRequest, toCallOptions } from './chat-request.js';
import { type ChatResult, toChatResult } from './chat-result.js';
import { createTextQueue, type TextQueue } from './text-queue.js';

/** A streamed answer. Read any of the three, in any order; what is not read causes no unhandled rejection. */
export type ChatStream = {
  /** Resolves as soon as the router has chosen; rejects when there is no candidate. */
  decision: Promise<Decision>;
  /**
   * The text as it arrives. Throws `AllAttemptsFailedError` before the first text, `StreamInterruptedError` after it.
   * Leaving the loop early cancels the call. Can be read once.
   */
  textStream: AsyncIterable<string>;
  /** The whole answer, also if nobody reads `textStream`. Rejects with what `textStream` throws. */
  result: Promise<ChatResult>;
};

const readAnswer = async (
  parts: ReadableStream<LanguageModelV4StreamPart>,
  queue: TextQueue,
): Promise<{ content: string; finishReason: ChatResult['finishReason'] }> => {
  let content = '';
  let summary = EMPTY_SUMMARY;
  for await (const part of parts) {
    if (part.type === 'error') throw part.error;
    summary = summarizePart(summary, part);
    if (part.type !== 'text-delta') continue;
    content += part.delta;
    queue.write(part.delta);
  }
  return { content, finishReason: summary.finishReason };
};

/** Routes one request and streams the answer. See `Signalbox.stream`. */
export const streamChat = (runtime: Runtime, request: ChatRequest): ChatStream => {
  const leave = new AbortController();
  const { queue, textStream } = createTextQueue(() =>
    leave.abort(new DOMException('The caller stopped reading the stream.', 'AbortError')),
  );
  const decision = Promise.withResolvers<Decision>();

  const run = async (): Promise<ChatResult> => {
    const abortSignal = request.abortSignal
      ? AbortSignal.any([request.abortSignal, leave.signal])
      : leave.signal;
    const call = toCallOptions({ ...request, abortSignal });
    const open = routeCall(runtime, request, { call, stream: true });
    decision.resolve(open.decision);
    const { result, served } = await stream(runtime, open, call);
    const answer = await readAnswer(result.stream, queue);
    const outcome = open.outcome();
    if (!outcome) throw new Error('The stream ended before its request did.');
    queue.close();
    return toChatResult(open, { ...answer, served, outcome });
  };

  const result = run().catch((error: unknown) => {
    decision.reject(error);
    queue.fail(error);
    throw error;
  });
  // Whoever reads only one of the three still sees the error there; the others must not end the process.
  for (const unread of [decision.promise, result]) unread.catch(() => undefined);
  return { decision: decision.promise, textStream, result };
};

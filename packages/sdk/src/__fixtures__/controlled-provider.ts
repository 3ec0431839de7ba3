import type { LanguageModelV4StreamPart } from '@ai-sdk/provider';

type Controller = ReadableStreamDefaultController<LanguageModelV4StreamPart>;

/**
 * A provider whose streams are written by the test, part by part, and whose plain calls never answer: for what happens
 * in the middle of a call. It ignores abort signals, as a bad provider would.
 */
export const createControlledProvider = () => {
  const opened: Controller[] = [];
  const cancelled: unknown[] = [];
  const languageModel = (modelId: string) => ({
    specificationVersion: 'v4' as const,
    provider: 'controlled',
    modelId,
    supportedUrls: {},
    doGenerate: () => new Promise<never>(() => undefined),
    doStream: async () => ({
      stream: new ReadableStream<LanguageModelV4StreamPart>({
        start: (controller) => void opened.push(controller),
        cancel: (reason) => void cancelled.push(reason),
      }),
    }),
  });
  return {
    provider: { languageModel },
    opened,
    cancelled,
    /** Writes parts to the newest stream. */
    write: (...parts: LanguageModelV4StreamPart[]): void => {
      for (const part of parts) opened.at(-1)?.enqueue(part);
    },
  };
};

/** A piece of text as a stream part. */
export const text = (delta: string): LanguageModelV4StreamPart => ({ type: 'text-delta', id: '0', delta });

/** The end of a whole answer. */
export const finish = (
  input: number,
  output: number,
): Extract<LanguageModelV4StreamPart, { type: 'finish' }> => ({
  type: 'finish',
  finishReason: { unified: 'stop', raw: 'stop' },
  usage: {
    inputTokens: { total: input, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
    outputTokens: { total: output, text: undefined, reasoning: undefined },
  },
});

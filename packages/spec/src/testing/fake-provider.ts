/** One scripted answer of a fake model: text in chunks with its usage, or an error to throw. */
export type FakeAnswer =
  | {
      chunks: readonly string[];
      inputTokens: number;
      outputTokens: number;
      /** Throws inside the stream after this many chunks; `generate` throws at once. */
      breakAfter?: number;
    }
  | { error: unknown };

type CallOptions = { abortSignal?: AbortSignal | undefined };

const usageOf = (answer: { inputTokens: number; outputTokens: number }) => ({
  inputTokens: { total: answer.inputTokens, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: answer.outputTokens, text: undefined, reasoning: undefined },
});

const FINISH = { unified: 'stop' as const, raw: 'stop' };

/**
 * An AI SDK provider (`LanguageModelV4`) that gives scripted answers in order and records the calls. A call without an
 * answer throws, so that a test states everything that happens.
 */
export const createFakeProvider = (script: Record<string, readonly FakeAnswer[]>) => {
  const calls: { model: string; stream: boolean; options: CallOptions }[] = [];
  const queues = new Map(Object.entries(script).map(([model, answers]) => [model, [...answers]]));

  const next = (model: string, stream: boolean, options: CallOptions) => {
    calls.push({ model, stream, options });
    options.abortSignal?.throwIfAborted();
    const answer = queues.get(model)?.shift();
    if (!answer) throw new Error(`The fake model "${model}" has no answer left.`);
    if ('error' in answer) throw answer.error;
    return answer;
  };

  const languageModel = (modelId: string) => ({
    specificationVersion: 'v4' as const,
    provider: 'fake',
    modelId,
    supportedUrls: {},
    async doGenerate(options: CallOptions) {
      const answer = next(modelId, false, options);
      if (answer.breakAfter !== undefined) throw new Error('The fake answer broke.');
      return {
        content: [{ type: 'text' as const, text: answer.chunks.join('') }],
        finishReason: FINISH,
        usage: usageOf(answer),
        response: { id: `fake-${calls.length}`, modelId },
        warnings: [],
      };
    },
    async doStream(options: CallOptions) {
      const answer = next(modelId, true, options);
      return { stream: ReadableStream.from(parts(answer, modelId, calls.length)) };
    },
  });

  return { provider: { languageModel }, languageModel, calls };
};

async function* parts(answer: Exclude<FakeAnswer, { error: unknown }>, modelId: string, call: number) {
  yield { type: 'stream-start' as const, warnings: [] };
  yield { type: 'response-metadata' as const, id: `fake-${call}`, modelId };
  yield { type: 'text-start' as const, id: '0' };
  for (const [index, delta] of answer.chunks.entries()) {
    if (answer.breakAfter === index) throw new Error('The fake stream broke.');
    yield { type: 'text-delta' as const, id: '0', delta };
  }
  yield { type: 'text-end' as const, id: '0' };
  yield { type: 'finish' as const, usage: usageOf(answer), finishReason: FINISH };
}

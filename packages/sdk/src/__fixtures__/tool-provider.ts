import type { LanguageModelV4CallOptions, LanguageModelV4Content } from '@ai-sdk/provider';

const isToolResult = ({ role }: LanguageModelV4CallOptions['prompt'][number]): boolean => role === 'tool';

/** A provider whose models call the tool `weather` first, and answer in words when they have its result. */
export const createToolProvider = () => ({
  languageModel: (modelId: string) => ({
    specificationVersion: 'v4' as const,
    provider: 'tools',
    modelId,
    supportedUrls: {},
    doGenerate: async ({ prompt }: LanguageModelV4CallOptions) => {
      const done = prompt.some(isToolResult);
      const content: LanguageModelV4Content[] = done
        ? [{ type: 'text', text: 'It is clear.' }]
        : [{ type: 'tool-call', toolCallId: '1', toolName: 'weather', input: '{"city":"Bern"}' }];
      return {
        content,
        finishReason: { unified: done ? ('stop' as const) : ('tool-calls' as const), raw: undefined },
        usage: {
          inputTokens: { total: 10, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
          outputTokens: { total: 5, text: undefined, reasoning: undefined },
        },
        warnings: [],
      };
    },
  }),
});

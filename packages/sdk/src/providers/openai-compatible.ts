import { createOpenAICompatible, type OpenAICompatibleProviderSettings } from '@ai-sdk/openai-compatible';
import type { LanguageModelV4Usage, ProviderV4 } from '@ai-sdk/provider';
import { ConfigInvalidError, type OpenAiCompatibleConfig } from '@signalbox/spec';

type ConvertUsage = NonNullable<OpenAICompatibleProviderSettings['convertUsage']>;

const known = (count: unknown): number | undefined => (typeof count === 'number' ? count : undefined);

const minus = (total: number | undefined, part: number | undefined): number | undefined =>
  total === undefined || part === undefined ? undefined : Math.max(0, total - part);

/** The package's own conversion turns a count that is missing into 0; here it stays unknown. */
const convertUsage: ConvertUsage = (usage): LanguageModelV4Usage => {
  const input = known(usage?.prompt_tokens);
  const output = known(usage?.completion_tokens);
  const cacheRead = known(usage?.prompt_tokens_details?.cached_tokens);
  const reasoning = known(usage?.completion_tokens_details?.reasoning_tokens);
  return {
    inputTokens: {
      total: input,
      noCache: minus(input, cacheRead),
      cacheRead,
      cacheWrite: known(usage?.prompt_tokens_details?.cache_write_tokens),
    },
    outputTokens: { total: output, text: minus(output, reasoning), reasoning },
  };
};

const readApiKey = (name: string, variable: string): string => {
  const apiKey = process.env[variable];
  if (apiKey) return apiKey;
  throw new ConfigInvalidError({
    source: 'The configuration',
    issues: [
      {
        path: `providers.${name}.apiKeyEnv`,
        message: `names the environment variable ${variable}, which is not set`,
      },
    ],
  });
};

/**
 * An AI SDK provider for an endpoint that speaks OpenAI's chat completions. Asks for the usage of streams. Throws
 * `ConfigInvalidError` when the environment variable of the key is not set.
 */
export const createOpenAiCompatibleProvider = (name: string, config: OpenAiCompatibleConfig): ProviderV4 =>
  createOpenAICompatible({
    name,
    baseURL: config.baseUrl,
    includeUsage: true,
    convertUsage,
    ...(config.apiKeyEnv && { apiKey: readApiKey(name, config.apiKeyEnv) }),
    ...(config.headers && { headers: config.headers }),
  });

import { z } from 'zod';

/** The part of an AI SDK 7 provider (`ProviderV4`) that Signalbox calls. Its models must be `LanguageModelV4`. */
export type ProviderInstance = { languageModel(modelId: string): unknown };

const openAiCompatibleSchema = z.strictObject({
  type: z.literal('openai-compatible').describe('Any endpoint that speaks OpenAI chat completions'),
  baseUrl: z.url({ protocol: /^https?$/ }).describe('Base URL up to and including /v1'),
  apiKeyEnv: z.string().min(1).optional().describe('Environment variable that holds the API key'),
  headers: z.record(z.string(), z.string()).optional().describe('Sent with every call'),
});

/** An endpoint that speaks OpenAI's chat completions. */
export type OpenAiCompatibleConfig = z.output<typeof openAiCompatibleSchema>;

const isProviderInstance = (value: unknown): value is ProviderInstance =>
  value !== null &&
  (typeof value === 'object' || typeof value === 'function') &&
  'languageModel' in value &&
  typeof value.languageModel === 'function';

/** One entry of `providers`: a description of an endpoint, or in code an AI SDK provider such as `openai`. */
export const providerSchema = z.union([
  openAiCompatibleSchema,
  z.custom<ProviderInstance>(
    isProviderInstance,
    'must be an AI SDK provider or { type: "openai-compatible", baseUrl }',
  ),
]);

/** A checked entry of `providers`. */
export type ProviderConfig = z.output<typeof providerSchema>;

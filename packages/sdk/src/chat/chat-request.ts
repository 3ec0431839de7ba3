import type { LanguageModelV4CallOptions, LanguageModelV4Prompt } from '@ai-sdk/provider';
import type { RoutingOptions } from '../routing/routing-options.js';

/** One message of a conversation, text only; images, files and tools go through `model()`. */
export type ChatMessage = { role: 'system' | 'user' | 'assistant'; content: string };

/** What is said: a single prompt or a conversation, one of the two. */
export type ChatInput =
  | { prompt: string; messages?: undefined }
  | { messages: readonly ChatMessage[]; prompt?: undefined };

/** A request to `chat()` or `stream()`. */
export type ChatRequest = RoutingOptions &
  ChatInput & {
    /** Instructions put before the conversation. */
    system?: string | undefined;
    /** Tokens of the answer at most. Default: the provider's. */
    maxOutputTokens?: number | undefined;
    temperature?: number | undefined;
    /** HTTP headers sent to the provider. */
    headers?: Readonly<Record<string, string>> | undefined;
    /** Cancels the call. An `AbortSignal.timeout()` counts as the target's failure, any other abort does not. */
    abortSignal?: AbortSignal | undefined;
  };

const toMessage = ({ role, content }: ChatMessage): LanguageModelV4Prompt[number] => {
  if (typeof content !== 'string') {
    throw new TypeError(
      'The `content` of a message is not a string. Use `model()` for images, files and tools.',
    );
  }
  switch (role) {
    case 'system':
      return { role, content };
    case 'user':
    case 'assistant':
      return { role, content: [{ type: 'text', text: content }] };
    default:
      throw new TypeError(`A message has the role "${role}". Give system, user or assistant.`);
  }
};

const messagesOf = ({ prompt, messages }: ChatInput): readonly ChatMessage[] => {
  if (prompt !== undefined && messages === undefined) return [{ role: 'user', content: prompt }];
  if (prompt === undefined && messages && messages.length > 0) return messages;
  throw new TypeError('A request needs either `prompt` or `messages` with at least one message, not both.');
};

/** The conversation in the AI SDK's form. Throws `TypeError` for an input that is not one. */
export const toPrompt = (input: ChatInput & { system?: string | undefined }): LanguageModelV4Prompt => {
  const conversation = messagesOf(input).map(toMessage);
  return input.system === undefined
    ? conversation
    : [{ role: 'system', content: input.system }, ...conversation];
};

/** The call that a chat request makes to a target. Throws `TypeError` as `toPrompt` does. */
export const toCallOptions = (request: ChatRequest): LanguageModelV4CallOptions => ({
  prompt: toPrompt(request),
  ...(request.maxOutputTokens !== undefined && { maxOutputTokens: request.maxOutputTokens }),
  ...(request.temperature !== undefined && { temperature: request.temperature }),
  ...(request.headers && { headers: { ...request.headers } }),
  ...(request.abortSignal && { abortSignal: request.abortSignal }),
});

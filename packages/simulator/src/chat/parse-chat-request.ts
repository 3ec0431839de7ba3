import { tokensOfCharacters } from '../text/count-simulated-tokens.js';
import { type ApiFailure, invalidRequest } from './api-failure.js';

/** What the simulator reads of a chat completion request. Everything else is accepted and ignored. */
export type ChatRequest = {
  model: string;
  /** All message texts together, a quarter of their characters, rounded up. */
  promptTokens: number;
  stream: boolean;
  /** `stream_options.include_usage`. */
  includeUsage: boolean;
  /** `max_completion_tokens`, else `max_tokens`, else null. */
  maxTokens: number | null;
};

/** A parsed request, or the error to answer. */
export type ParsedChatRequest = { request: ChatRequest } | { failure: ApiFailure };

type Fields = Record<string, unknown>;

/**
 * Returns the request in a body, or the 400 that OpenAI would answer. Plain checks rather than a schema:
 * this runs on every request, and bodies are large.
 */
export function parseChatRequest(body: Buffer): ParsedChatRequest {
  const fields = parseJsonObject(body);
  if (fields === null) {
    return {
      failure: invalidRequest(
        'We could not parse the JSON body of your request. The API expects a JSON object with a `content-type: application/json`.',
      ),
    };
  }
  const { model, messages } = fields;
  if (typeof model !== 'string' || model === '') {
    return {
      failure: invalidRequest('You must provide a model parameter.', 'model', 'missing_required_parameter'),
    };
  }
  if (!Array.isArray(messages) || messages.length === 0) {
    const message = "Missing required parameter: 'messages'. Give an array of at least one message.";
    return { failure: invalidRequest(message, 'messages', 'missing_required_parameter') };
  }
  const characters = charactersOf(messages);
  if (typeof characters === 'object') return { failure: characters };
  return parseSettings(fields, { model, promptTokens: tokensOfCharacters(characters) });
}

function parseSettings(fields: Fields, base: Pick<ChatRequest, 'model' | 'promptTokens'>): ParsedChatRequest {
  if (fields.n !== undefined && fields.n !== null && fields.n !== 1) {
    return {
      failure: invalidRequest('The simulator answers one choice. Leave `n` out.', 'n', 'unsupported_value'),
    };
  }
  const limitName = isGiven(fields.max_completion_tokens) ? 'max_completion_tokens' : 'max_tokens';
  const limit = fields[limitName];
  if (isGiven(limit) && !(Number.isSafeInteger(limit) && (limit as number) >= 1)) {
    const message = `Invalid value for '${limitName}': expected a whole number from 1.`;
    return { failure: invalidRequest(message, limitName, 'invalid_value') };
  }
  const streamOptions = fields.stream_options as Fields | null | undefined;
  return {
    request: {
      ...base,
      stream: fields.stream === true,
      includeUsage: streamOptions?.include_usage === true,
      maxTokens: isGiven(limit) ? (limit as number) : null,
    },
  };
}

/** Returns the characters of all text contents, or the 400 of the first message that is not one. */
function charactersOf(messages: readonly unknown[]): number | ApiFailure {
  let characters = 0;
  for (const [index, message] of messages.entries()) {
    if (!isObject(message) || typeof message.role !== 'string') {
      const param = `messages[${index}]`;
      return invalidRequest(
        `Invalid value for '${param}': expected an object with a role.`,
        param,
        'invalid_type',
      );
    }
    characters += charactersOfContent(message.content);
  }
  return characters;
}

/** A string, or parts of which those with a `text` count; images, audio and files count nothing. */
function charactersOfContent(content: unknown): number {
  if (typeof content === 'string') return content.length;
  if (!Array.isArray(content)) return 0;
  let characters = 0;
  for (const part of content) {
    if (isObject(part) && typeof part.text === 'string') characters += part.text.length;
  }
  return characters;
}

function parseJsonObject(body: Buffer): Fields | null {
  try {
    const value: unknown = JSON.parse(body.toString());
    return isObject(value) ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

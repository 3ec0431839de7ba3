// Written out here because `@opentelemetry/semantic-conventions` has no GenAI names among its stable exports and marks
// the incubating ones as moved. Newest generation: the semantic-conventions-genai repository.

/** string; attempt, metric. `chat` for a completion. */
export const ATTR_GEN_AI_OPERATION_NAME = 'gen_ai.operation.name';

/** string; attempt, metric. Well-known provider name, such as `openai` or `gcp.gemini`. */
export const ATTR_GEN_AI_PROVIDER_NAME = 'gen_ai.provider.name';

/** string; route, attempt. Conversation the request belongs to; absent when the caller gave none. */
export const ATTR_GEN_AI_CONVERSATION_ID = 'gen_ai.conversation.id';

/** string; attempt, metric. Model asked for. */
export const ATTR_GEN_AI_REQUEST_MODEL = 'gen_ai.request.model';

/** boolean; attempt. True for a stream; absent otherwise. */
export const ATTR_GEN_AI_REQUEST_STREAM = 'gen_ai.request.stream';

/** int; attempt. Tokens of the answer that were asked for at most. */
export const ATTR_GEN_AI_REQUEST_MAX_TOKENS = 'gen_ai.request.max_tokens';

/** double; attempt. Sampling temperature asked for. */
export const ATTR_GEN_AI_REQUEST_TEMPERATURE = 'gen_ai.request.temperature';

/** double; attempt. Nucleus sampling mass asked for. */
export const ATTR_GEN_AI_REQUEST_TOP_P = 'gen_ai.request.top_p';

/** string; attempt. Id of the answer. */
export const ATTR_GEN_AI_RESPONSE_ID = 'gen_ai.response.id';

/** string; attempt, metric. Model that answered, as the provider names it. */
export const ATTR_GEN_AI_RESPONSE_MODEL = 'gen_ai.response.model';

/** string[]; attempt. One finish reason for each choice. */
export const ATTR_GEN_AI_RESPONSE_FINISH_REASONS = 'gen_ai.response.finish_reasons';

/** double; attempt. Seconds to the first chunk; streams only. */
export const ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK = 'gen_ai.response.time_to_first_chunk';

/** int; attempt. Prompt tokens, cached ones included. */
export const ATTR_GEN_AI_USAGE_INPUT_TOKENS = 'gen_ai.usage.input_tokens';

/** int; attempt. Answer tokens, reasoning included. */
export const ATTR_GEN_AI_USAGE_OUTPUT_TOKENS = 'gen_ai.usage.output_tokens';

/** int; attempt. Prompt tokens read from the provider's cache. */
export const ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS = 'gen_ai.usage.cache_read.input_tokens';

/** int; attempt. Prompt tokens written to the provider's cache. */
export const ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS = 'gen_ai.usage.cache_write.input_tokens';

/** int; attempt. Answer tokens spent on reasoning. */
export const ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS = 'gen_ai.usage.reasoning.output_tokens';

/** string; route, attempt, metric. Low-cardinality class of a failure; absent on success. */
export const ATTR_ERROR_TYPE = 'error.type';

/** string; not sent yet. Host of the provider. */
export const ATTR_SERVER_ADDRESS = 'server.address';

/** int; not sent yet. Port of the provider. */
export const ATTR_SERVER_PORT = 'server.port';

/** string; route, log. User that the request is made for. */
export const ATTR_USER_ID = 'user.id';

/** int; attempt. HTTP status of a failed attempt. */
export const ATTR_HTTP_RESPONSE_STATUS_CODE = 'http.response.status_code';

/** Histogram, s. Duration of one attempt. Attributes: operation, provider, models, error.type. */
export const METRIC_GEN_AI_CLIENT_INFERENCE_DURATION = 'gen_ai.client.inference.duration';

/** Histogram, s. Time to the first chunk of one streamed attempt. */
export const METRIC_GEN_AI_CLIENT_INFERENCE_TIME_TO_FIRST_CHUNK =
  'gen_ai.client.inference.time_to_first_chunk';

/** Counter, {token}. Prompt tokens of attempts. Not reported when unknown. */
export const METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_INPUT_TOKENS = 'gen_ai.client.inference.usage.input_tokens';

/** Counter, {token}. Answer tokens of attempts. Not reported when unknown. */
export const METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_OUTPUT_TOKENS =
  'gen_ai.client.inference.usage.output_tokens';

/** Counter, {token}. Prompt tokens read from the provider's cache. */
export const METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_CACHE_READ_INPUT_TOKENS =
  'gen_ai.client.inference.usage.cache_read.input_tokens';

/** Counter, {token}. Prompt tokens written to the provider's cache. */
export const METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_CACHE_WRITE_INPUT_TOKENS =
  'gen_ai.client.inference.usage.cache_write.input_tokens';

/** Counter, {token}. Answer tokens spent on reasoning. */
export const METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_REASONING_OUTPUT_TOKENS =
  'gen_ai.client.inference.usage.reasoning.output_tokens';

/** Counter, {request}. Routed requests, by policy, strategy, route, task, selected target, override and outcome. */
export const METRIC_SIGNALBOX_REQUESTS = 'signalbox.requests';

/** Histogram, s. Duration of a routed request over all its attempts. */
export const METRIC_SIGNALBOX_REQUEST_DURATION = 'signalbox.request.duration';

/** Histogram, us. Time spent deciding. */
export const METRIC_SIGNALBOX_DECIDE_DURATION = 'signalbox.decide.duration';

/** Histogram, 1. Confidence of decisions, 0 to 1. */
export const METRIC_SIGNALBOX_DECISION_CONFIDENCE = 'signalbox.decision.confidence';

/** Counter, {nano_usd}. Cost of routed requests in nano-USD. Not reported when unknown. */
export const METRIC_SIGNALBOX_COST = 'signalbox.cost';

/** Counter, {attempt}. Upstream calls, by cause, target and outcome. */
export const METRIC_SIGNALBOX_ATTEMPTS = 'signalbox.attempts';

/** Counter, {candidate}. Candidates excluded from decisions, by target and reason. */
export const METRIC_SIGNALBOX_EXCLUSIONS = 'signalbox.exclusions';

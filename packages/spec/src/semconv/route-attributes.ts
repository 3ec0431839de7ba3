/** string. UUIDv7 of the decision. On route and attempt spans. */
export const ATTR_SIGNALBOX_DECISION_ID = 'signalbox.decision.id';

/** int. Counts the requests of one process from 1 without gaps; a gap is lost telemetry. */
export const ATTR_SIGNALBOX_DECISION_SEQUENCE = 'signalbox.decision.sequence';

/** string. Name of the policy that decided. */
export const ATTR_SIGNALBOX_POLICY_NAME = 'signalbox.policy.name';

/** string. Content hash of that policy. */
export const ATTR_SIGNALBOX_POLICY_VERSION = 'signalbox.policy.version';

/** string. Strategy that ranked the candidates. */
export const ATTR_SIGNALBOX_STRATEGY = 'signalbox.strategy';

/** string. Matched route of the policy; absent when none matched. */
export const ATTR_SIGNALBOX_ROUTE = 'signalbox.route';

/** string[]. Patterns of the route that were found in the prompt. */
export const ATTR_SIGNALBOX_ROUTE_PATTERNS = 'signalbox.route.patterns';

/** string. One of the nine task types. */
export const ATTR_SIGNALBOX_TASK_TYPE = 'signalbox.task.type';

/** string. `simple`, `moderate`, `complex` or `expert`. */
export const ATTR_SIGNALBOX_TASK_COMPLEXITY = 'signalbox.task.complexity';

/** double. 0 to 1. */
export const ATTR_SIGNALBOX_TASK_COMPLEXITY_SCORE = 'signalbox.task.complexity_score';

/** int. Length of the prompt in UTF-16 units. */
export const ATTR_SIGNALBOX_PROMPT_CHARACTERS = 'signalbox.prompt.characters';

/** int. Tokens of the prompt as estimated before the call. */
export const ATTR_SIGNALBOX_PROMPT_TOKENS_ESTIMATED = 'signalbox.prompt.tokens_estimated';

/** string (JSON). Every candidate: target, eligible, excluded, score, terms, probability, signals. */
export const ATTR_SIGNALBOX_CANDIDATES = 'signalbox.candidates';

/** string. Target id that was chosen. */
export const ATTR_SIGNALBOX_SELECTED_TARGET = 'signalbox.selected.target';

/** string. Model of the chosen target. */
export const ATTR_SIGNALBOX_SELECTED_MODEL = 'signalbox.selected.model';

/** string. Provider of the chosen target. */
export const ATTR_SIGNALBOX_SELECTED_PROVIDER = 'signalbox.selected.provider';

/** double. Probability with which the choice was made. */
export const ATTR_SIGNALBOX_PROPENSITY = 'signalbox.propensity';

/** boolean. True when the draw left the best candidate. */
export const ATTR_SIGNALBOX_EXPLORED = 'signalbox.explored';

/** double. Margin of the best candidate over the second, 0 to 1. */
export const ATTR_SIGNALBOX_CONFIDENCE = 'signalbox.confidence';

/** boolean. True when the caller asked for a concrete model. */
export const ATTR_SIGNALBOX_OVERRIDE = 'signalbox.override';

/** string. What the router would have chosen instead; absent without an override. */
export const ATTR_SIGNALBOX_OVERRIDE_TARGET = 'signalbox.override.target';

/** double. Microseconds spent deciding. */
export const ATTR_SIGNALBOX_DECIDE_DURATION_US = 'signalbox.decide.duration_us';

/** int. Expected cost of the chosen target; absent when its price is unknown. */
export const ATTR_SIGNALBOX_ESTIMATED_COST_NANO_USD = 'signalbox.estimated.cost_nano_usd';

/** double. Expected duration at the chosen target; absent when unknown. */
export const ATTR_SIGNALBOX_ESTIMATED_LATENCY_MS = 'signalbox.estimated.latency_ms';

/** string. Where the call came from, as told by the caller. */
export const ATTR_SIGNALBOX_SOURCE = 'signalbox.source';

/** string. Tenant that the request belongs to. On route and attempt spans. */
export const ATTR_SIGNALBOX_TENANT = 'signalbox.tenant';

/** string. `succeeded`, `failed` or `cancelled`. On route and attempt spans, and on metrics. */
export const ATTR_SIGNALBOX_OUTCOME = 'signalbox.outcome';

/** int. Upstream calls made for the request. */
export const ATTR_SIGNALBOX_ATTEMPTS = 'signalbox.attempts';

/** string. Target id that answered; absent when none did. */
export const ATTR_SIGNALBOX_SERVED_TARGET = 'signalbox.served.target';

/** string. Model of the target that answered. */
export const ATTR_SIGNALBOX_SERVED_MODEL = 'signalbox.served.model';

/** string. Provider of the target that answered. */
export const ATTR_SIGNALBOX_SERVED_PROVIDER = 'signalbox.served.provider';

/** string. `hit-exact`, `hit-semantic`, `miss` or `bypass`. */
export const ATTR_SIGNALBOX_CACHE = 'signalbox.cache';

/** boolean. True when the request joined an identical one in flight. */
export const ATTR_SIGNALBOX_COALESCED = 'signalbox.coalesced';

/** int. Prompt tokens, cached ones included; absent when unknown. */
export const ATTR_SIGNALBOX_TOKENS_INPUT = 'signalbox.tokens.input';

/** int. Answer tokens, reasoning included; absent when unknown. */
export const ATTR_SIGNALBOX_TOKENS_OUTPUT = 'signalbox.tokens.output';

/** int. Prompt tokens read from the provider's cache. */
export const ATTR_SIGNALBOX_TOKENS_CACHE_READ = 'signalbox.tokens.cache_read';

/** int. Prompt tokens written to the provider's cache. */
export const ATTR_SIGNALBOX_TOKENS_CACHE_WRITE = 'signalbox.tokens.cache_write';

/** int. Answer tokens spent on reasoning. */
export const ATTR_SIGNALBOX_TOKENS_REASONING = 'signalbox.tokens.reasoning';

/** int. Cost of all attempts in nano-USD (1e-9 USD); absent when unknown. */
export const ATTR_SIGNALBOX_COST_NANO_USD = 'signalbox.cost.nano_usd';

/** string. Where the price came from: `override`, `config`, `package`, or `mixed`; also on attempt spans. */
export const ATTR_SIGNALBOX_COST_SOURCE = 'signalbox.cost.source';

/** string. Version of the price that was used, or `mixed`; also on attempt spans. */
export const ATTR_SIGNALBOX_PRICE_VERSION = 'signalbox.price.version';

/** double. Milliseconds from the request to the first chunk that reached the caller. */
export const ATTR_SIGNALBOX_TIME_TO_FIRST_CHUNK_MS = 'signalbox.time_to_first_chunk_ms';

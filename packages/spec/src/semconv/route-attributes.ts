/** string; route, attempt, log. UUIDv7 of the decision. */
export const ATTR_SIGNALBOX_DECISION_ID = 'signalbox.decision.id';

/** int; route. Counts the requests of one process from 1 without gaps; a gap is lost telemetry. */
export const ATTR_SIGNALBOX_DECISION_SEQUENCE = 'signalbox.decision.sequence';

/** string; route, metric. Name of the policy that decided. */
export const ATTR_SIGNALBOX_POLICY_NAME = 'signalbox.policy.name';

/** string; route. Content hash of that policy. */
export const ATTR_SIGNALBOX_POLICY_VERSION = 'signalbox.policy.version';

/** string; route, metric. Strategy that ranked the candidates. */
export const ATTR_SIGNALBOX_STRATEGY = 'signalbox.strategy';

/** string; route, metric. Matched route of the policy; absent when none matched. */
export const ATTR_SIGNALBOX_ROUTE = 'signalbox.route';

/** string[]; route. Patterns of the route that were found in the prompt. */
export const ATTR_SIGNALBOX_ROUTE_PATTERNS = 'signalbox.route.patterns';

/** string; route, metric. One of the nine task types. */
export const ATTR_SIGNALBOX_TASK_TYPE = 'signalbox.task.type';

/** string; route. `simple`, `moderate`, `complex` or `expert`. */
export const ATTR_SIGNALBOX_TASK_COMPLEXITY = 'signalbox.task.complexity';

/** double; route. 0 to 1. */
export const ATTR_SIGNALBOX_TASK_COMPLEXITY_SCORE = 'signalbox.task.complexity_score';

/** int; route. Length of the prompt in UTF-16 units. */
export const ATTR_SIGNALBOX_PROMPT_CHARACTERS = 'signalbox.prompt.characters';

/** int; route. Tokens of the prompt as estimated before the call. */
export const ATTR_SIGNALBOX_PROMPT_TOKENS_ESTIMATED = 'signalbox.prompt.tokens_estimated';

/** int; route. Tokens of the answer that the decision expected. */
export const ATTR_SIGNALBOX_ANSWER_TOKENS_EXPECTED = 'signalbox.answer.tokens_expected';

/** int; route. Tokens of the answer that the caller asked for at most; absent when it set no limit. */
export const ATTR_SIGNALBOX_ANSWER_TOKENS_MAX = 'signalbox.answer.tokens_max';

/** string[]; route. Capabilities that the request needs; absent when none. */
export const ATTR_SIGNALBOX_NEEDS = 'signalbox.needs';

/** string; route. Model or target id that the caller named; absent when it left the choice to the router. */
export const ATTR_SIGNALBOX_REQUESTED_MODEL = 'signalbox.requested.model';

/** string; route. Strategy that the caller asked for; absent when it left that to the policy. */
export const ATTR_SIGNALBOX_REQUESTED_STRATEGY = 'signalbox.requested.strategy';

/** double[]; route. Cost sensitivity, speed preference and quality preference of the caller; absent when the policy's apply. */
export const ATTR_SIGNALBOX_REQUESTED_PREFERENCES = 'signalbox.requested.preferences';

/** string[]; route. Tags of places that the caller asked to be processed in; absent when it named none. */
export const ATTR_SIGNALBOX_REQUESTED_RESIDENCY = 'signalbox.requested.residency';

/** int; route. Nano-USD that the caller allowed the request to be expected to cost; absent when it set no limit. */
export const ATTR_SIGNALBOX_REQUESTED_MAX_COST_NANO_USD = 'signalbox.requested.max_cost_nano_usd';

/** int; route. Nano-USD that the caller allowed the longest answer to cost; absent when it set no limit. */
export const ATTR_SIGNALBOX_REQUESTED_MAX_WORST_COST_NANO_USD = 'signalbox.requested.max_worst_cost_nano_usd';

/** int; route. Nano-USD that the caller allowed a million tokens to cost; absent when it set no limit. */
export const ATTR_SIGNALBOX_REQUESTED_MAX_COST_PER_1M_TOKENS_NANO_USD =
  'signalbox.requested.max_cost_per_1m_tokens_nano_usd';

/** double; route. Milliseconds that the caller allowed the request to be expected to take; absent when it set no limit. */
export const ATTR_SIGNALBOX_REQUESTED_MAX_LATENCY_MS = 'signalbox.requested.max_latency_ms';

/** int; route. Nano-USD left in the tightest budget when the decision was made; absent without a budget. */
export const ATTR_SIGNALBOX_BUDGET_LEFT_NANO_USD = 'signalbox.budget.left_nano_usd';

/** string (JSON); route. Every candidate: target, eligible, excluded, score, probability, terms, signals, estimates. Unknown is absent. */
export const ATTR_SIGNALBOX_CANDIDATES = 'signalbox.candidates';

/** string; route, metric. Target id that was chosen. */
export const ATTR_SIGNALBOX_SELECTED_TARGET = 'signalbox.selected.target';

/** string; route. Model of the chosen target. */
export const ATTR_SIGNALBOX_SELECTED_MODEL = 'signalbox.selected.model';

/** string; route. Provider of the chosen target. */
export const ATTR_SIGNALBOX_SELECTED_PROVIDER = 'signalbox.selected.provider';

/** double; route. Probability with which the choice was made. */
export const ATTR_SIGNALBOX_PROPENSITY = 'signalbox.propensity';

/** boolean; route. True when the draw left the best candidate. */
export const ATTR_SIGNALBOX_EXPLORED = 'signalbox.explored';

/** int; route. Random number behind the choice, in billionths; absent when nothing was left to chance. */
export const ATTR_SIGNALBOX_DRAW = 'signalbox.draw';

/** string; route. `conversation` or `user`: whose earlier choice this one sticks to; absent when to none. */
export const ATTR_SIGNALBOX_STICKY_BY = 'signalbox.sticky.by';

/** string; route. Target id that the conversation or user had before; absent when none is remembered. */
export const ATTR_SIGNALBOX_STICKY_HELD = 'signalbox.sticky.held';

/** string; route. Arm of the policy that the draw fell into; absent when into none. */
export const ATTR_SIGNALBOX_ARM = 'signalbox.arm';

/** string[]; route. Target ids called in the shadow; absent when none. */
export const ATTR_SIGNALBOX_SHADOWS = 'signalbox.shadows';

/** double; route. Chance that the best candidate would still rank before the second, 0.5 to 1. */
export const ATTR_SIGNALBOX_CONFIDENCE = 'signalbox.confidence';

/** boolean; route, metric. True when the caller asked for a concrete model. */
export const ATTR_SIGNALBOX_OVERRIDE = 'signalbox.override';

/** string; route. What the router would have chosen instead; absent without an override. */
export const ATTR_SIGNALBOX_OVERRIDE_TARGET = 'signalbox.override.target';

/** double; route. Microseconds spent deciding. */
export const ATTR_SIGNALBOX_DECIDE_DURATION_US = 'signalbox.decide.duration_us';

/** int; route. Expected cost of the chosen target; absent when its price is unknown. */
export const ATTR_SIGNALBOX_ESTIMATED_COST_NANO_USD = 'signalbox.estimated.cost_nano_usd';

/** int; route. Expected duration at the chosen target; absent when unknown. */
export const ATTR_SIGNALBOX_ESTIMATED_LATENCY_MS = 'signalbox.estimated.latency_ms';

/** string; route. Where the call came from, as told by the caller. */
export const ATTR_SIGNALBOX_SOURCE = 'signalbox.source';

/** string; route, attempt, log. Tenant that the request belongs to. */
export const ATTR_SIGNALBOX_TENANT = 'signalbox.tenant';

/** string; route, attempt, metric. `succeeded`, `failed` or `cancelled`. */
export const ATTR_SIGNALBOX_OUTCOME = 'signalbox.outcome';

/** int; route. Upstream calls made for the request. */
export const ATTR_SIGNALBOX_ATTEMPTS = 'signalbox.attempts';

/** string; route, metric. Target id that answered; absent when none did. */
export const ATTR_SIGNALBOX_SERVED_TARGET = 'signalbox.served.target';

/** string; route. Model of the target that answered. */
export const ATTR_SIGNALBOX_SERVED_MODEL = 'signalbox.served.model';

/** string; route. Provider of the target that answered. */
export const ATTR_SIGNALBOX_SERVED_PROVIDER = 'signalbox.served.provider';

/** string; not sent yet. `hit-exact`, `hit-semantic`, `miss` or `bypass`. */
export const ATTR_SIGNALBOX_CACHE = 'signalbox.cache';

/** boolean; not sent yet. True when the request joined an identical one in flight. */
export const ATTR_SIGNALBOX_COALESCED = 'signalbox.coalesced';

/** int; route. Prompt tokens, cached ones included; absent when unknown. */
export const ATTR_SIGNALBOX_TOKENS_INPUT = 'signalbox.tokens.input';

/** int; route. Answer tokens, reasoning included; absent when unknown. */
export const ATTR_SIGNALBOX_TOKENS_OUTPUT = 'signalbox.tokens.output';

/** int; route. Prompt tokens read from the provider's cache. */
export const ATTR_SIGNALBOX_TOKENS_CACHE_READ = 'signalbox.tokens.cache_read';

/** int; route. Prompt tokens written to the provider's cache. */
export const ATTR_SIGNALBOX_TOKENS_CACHE_WRITE = 'signalbox.tokens.cache_write';

/** int; route. Answer tokens spent on reasoning. */
export const ATTR_SIGNALBOX_TOKENS_REASONING = 'signalbox.tokens.reasoning';

/** int; route. Cost of all attempts in nano-USD (1e-9 USD); absent when unknown. */
export const ATTR_SIGNALBOX_COST_NANO_USD = 'signalbox.cost.nano_usd';

/** string; route, attempt. Where the price came from: `override`, `config`, `package`, or `mixed`. */
export const ATTR_SIGNALBOX_COST_SOURCE = 'signalbox.cost.source';

/** string; route, attempt. Version of the price that was used, or `mixed`. */
export const ATTR_SIGNALBOX_PRICE_VERSION = 'signalbox.price.version';

/** double; route. Milliseconds from the request to the first chunk that reached the caller. */
export const ATTR_SIGNALBOX_TIME_TO_FIRST_CHUNK_MS = 'signalbox.time_to_first_chunk_ms';

import type { PriceSource } from './price-book.js';

/** What went wrong with an attempt, decided once where the response is read. A closed set. */
export const ERROR_TYPES = [
  'rate-limit',
  'overloaded',
  'auth',
  'invalid-request',
  'context-too-long',
  'content-filter',
  'timeout',
  'network',
  'server',
  'cancelled',
  'no-candidate',
  'unknown',
] as const;

/** One of `ERROR_TYPES`: the low-cardinality class of a failure. */
export type ErrorType = (typeof ERROR_TYPES)[number];

/**
 * Tokens of one call. `input` includes cached ones, `output` includes reasoning; the others are subsets.
 * `null` means that the provider did not say.
 */
export type TokenUsage = {
  input: number | null;
  output: number | null;
  cacheRead: number | null;
  cacheWrite: number | null;
  reasoning: number | null;
};

/** Why an attempt was made. */
export type AttemptCause = 'first' | 'retry' | 'fallback' | 'hedge' | 'shadow';

/** The vendor's finish reason beside the closed set of the AI SDK. */
export type FinishReason = { unified: string; raw: string | null };

/** Where the price behind a cost came from; `mixed` for a sum over attempts whose prices came from several places. */
export type CostSource = PriceSource | 'mixed';

/** How one upstream call ended. `usage` holds what is known, also after a failure. */
export type AttemptOutcome = {
  status: 'succeeded' | 'failed' | 'cancelled';
  usage: TokenUsage;
  /** Nano-USD; `null` when the usage or the price is unknown. */
  costNanoUsd: number | null;
  /** Source and version of the price; `null` when the cost is. */
  costSource: PriceSource | null;
  priceVersion: string | null;
  /** Model name and id that the provider reported. */
  responseModel: string | null;
  responseId: string | null;
  finishReason: FinishReason | null;
  error: AttemptFailure | null;
};

/** A failed attempt as data. */
export type AttemptFailure = {
  type: ErrorType;
  message: string;
  /** HTTP status, where there was one. */
  status: number | null;
};

/** How a routed request ended, over all its attempts. */
export type RequestOutcome = {
  status: 'succeeded' | 'failed' | 'cancelled';
  /** Number of attempts made. */
  attempts: number;
  /** Id of the target that answered, or `null`. */
  served: string | null;
  usage: TokenUsage;
  /** Nano-USD of all attempts together; `null` as soon as one that used tokens has no known cost. */
  costNanoUsd: number | null;
  /** Source and version of the prices, `mixed` where the attempts differ; `null` when the cost is. */
  costSource: CostSource | null;
  priceVersion: string | null;
  timeToFirstChunkMs: number | null;
  error: AttemptFailure | null;
};

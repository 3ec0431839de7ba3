/**
 * Why a request was not stored, in the terms of OTLP rather than of a transport. Each transport has its own answer for
 * each of these: the sender must keep the data and try again after `overloaded`, `retryable` and `unavailable` only.
 */
export type Refusal = {
  readonly status: RefusalStatus;
  /** What the sender is told. */
  readonly reason: string;
};

/** The closed set of reasons. */
export type RefusalStatus =
  /** The sender does not show a token that is known. */
  | 'unauthenticated'
  /** The body is not OTLP, or not what its headers say. */
  | 'malformed'
  /** The body exceeds a limit. Smaller batches help. */
  | 'too-large'
  /** Too much is in flight. */
  | 'overloaded'
  /** It failed in a way that passes at once. */
  | 'retryable'
  /** The log takes nothing for now: it, or the disk, is full or broken. */
  | 'unavailable'
  /** A mistake of the collector: the same data would fail again. */
  | 'permanent';

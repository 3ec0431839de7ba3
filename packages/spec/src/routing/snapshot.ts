/**
 * Measured facts about one target at the moment of a decision. `null`, or absent, is not measured. The router rounds them to the
 * resolution told here before it uses them, so that the record holds exactly what the decision used.
 */
export type TargetSignals = {
  /** Whole milliseconds. */
  firstChunkMs: number | null;
  /** One decimal. */
  tokensPerSecond: number | null;
  /** 0 to 1, four decimals. */
  successRate: number | null;
  circuit: 'closed' | 'open' | 'half-open';
  /** As judged over all that call the target; an unhealthy target is excluded. */
  health?: 'healthy' | 'degraded' | 'unhealthy';
  /** Requests that the target's rate limit still allows now. */
  requestsLeft?: number | null;
  /** Tokens, of prompt and answer together, that the target's rate limit still allows now. */
  tokensLeft?: number | null;
  /** Discounted outcomes at requests of the same task type and complexity, four decimals; recorded where a strategy asks for them. */
  successes?: number;
  failures?: number;
  /** Discounted outcomes that this user had with the target, four decimals; recorded where a strategy asks for them. */
  userSuccesses?: number;
  userFailures?: number;
};

/** Everything measured that a decision may use, by target id. A target without an entry has no signals yet. */
export type Snapshot = Readonly<Record<string, TargetSignals>>;

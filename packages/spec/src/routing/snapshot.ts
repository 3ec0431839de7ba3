/** Measured facts about one target at the moment of a decision. `null` is not measured. */
export type TargetSignals = {
  firstChunkMs: number | null;
  tokensPerSecond: number | null;
  /** 0 to 1. */
  successRate: number | null;
  circuit: 'closed' | 'open' | 'half-open';
};

/** Everything measured that a decision may use, by target id. A target without an entry has no signals yet. */
export type Snapshot = Readonly<Record<string, TargetSignals>>;

import type { ComplexityLevel, TaskType } from './task.js';

/**
 * Measured facts about one target at the moment of a decision. `null`, or absent, is not measured. The router rounds them to the
 * resolution told here before it uses them, so that the record holds exactly what the decision used.
 */
export type TargetSignals = {
  /** Whole milliseconds. */
  firstChunkMs: number | null;
  /** One decimal. */
  tokensPerSecond: number | null;
  /** 0 to 1, three decimals. */
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

/** How requests ended, older ones counting less. Not negative. */
export type Outcomes = { successes: number; failures: number };

/** Outcomes by target id. */
export type OutcomesByTarget = Readonly<Record<string, Outcomes>>;

/** What outcomes are learned by: the task type and the complexity of a request, `coding/simple`. */
export type OutcomeContext = `${TaskType}/${ComplexityLevel}`;

/**
 * Everything measured that a decision may use, as of one moment. All of it may be absent: a target without an entry has
 * not been measured yet. Must not change afterwards.
 */
export type Snapshot = {
  /** By target id. */
  readonly signals?: Readonly<Record<string, TargetSignals>>;
  /** What strategies that learn (`adaptive`) learn from. */
  readonly outcomes?: Readonly<Partial<Record<OutcomeContext, OutcomesByTarget>>>;
  /** The outcomes that the user of the request had, for `user-preference`. */
  readonly userOutcomes?: OutcomesByTarget;
  /** Nano-USD left in the tightest budget of the request; absent or `null` when it has none. */
  readonly budgetLeftNanoUsd?: number | null;
  /** Id of the target that the key which the policy sticks to (conversation or user) had before. */
  readonly held?: string | null;
};

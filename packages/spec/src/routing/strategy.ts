/** The built-in rankings. `balanced` is the default. */
export const STRATEGY_NAMES = [
  'cost-optimal',
  'performance-optimal',
  'quality-optimal',
  'balanced',
  'user-preference',
  'adaptive',
] as const;

/** One of `STRATEGY_NAMES`. */
export type StrategyName = (typeof STRATEGY_NAMES)[number];

/** What the user cares for, each 0 to 1. They weigh the terms of `balanced`; only their ratio matters. */
export type Preferences = {
  costSensitivity: number;
  speedPreference: number;
  qualityPreference: number;
};

/** The terms that a score can be made of, in the order in which they are summed. */
export const TERM_NAMES = [
  'cost',
  'latency',
  'quality',
  'outcomes',
  'user',
  'reliability',
  'preference',
] as const;

/** One of `TERM_NAMES`. */
export type TermName = (typeof TERM_NAMES)[number];

/** What each term is multiplied with; a term without a weight is left out. Not negative. */
export type TermWeights = Readonly<Partial<Record<TermName, number>>>;

/**
 * A strategy of the user's own: weights of the terms, or a pure function that code registers under the same name and
 * version (`registerStrategy` of `@signalbox/router`). Both are part of what the version of a policy is a hash of.
 */
export type CustomStrategy = { weights: TermWeights } | { code: string };

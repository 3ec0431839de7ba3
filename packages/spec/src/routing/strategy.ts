/** The built-in rankings. `balanced` is the default. */
export const STRATEGY_NAMES = ['cost-optimal', 'performance-optimal', 'quality-optimal', 'balanced'] as const;

/** One of `STRATEGY_NAMES`. */
export type StrategyName = (typeof STRATEGY_NAMES)[number];

/** What the user cares for, each 0 to 1. They weigh the terms of `balanced`; only their ratio matters. */
export type Preferences = {
  costSensitivity: number;
  speedPreference: number;
  qualityPreference: number;
};

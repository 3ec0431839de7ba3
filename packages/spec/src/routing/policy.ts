import type { Preferences, StrategyName } from './strategy.js';
import type { Target } from './target.js';
import type { ComplexityLevel, TaskType } from './task.js';

/** Ceilings that exclude a target. `null` means no ceiling. */
export type Limits = {
  /** Nano-USD that one request may be expected to cost. */
  costNanoUsd: number | null;
  /** Nano-USD that one request may cost when the answer is as long as it may become. */
  worstCostNanoUsd: number | null;
  /** Nano-USD that a million tokens may cost, at the expected mix of prompt and answer. */
  costPer1MTokensNanoUsd: number | null;
  /** Milliseconds that one request may be expected to take. */
  latencyMs: number | null;
};

/** Limits that exclude nothing. */
export const NO_LIMITS: Limits = {
  costNanoUsd: null,
  worstCostNanoUsd: null,
  costPer1MTokensNanoUsd: null,
  latencyMs: null,
};

/**
 * A named rule of a policy. It matches when every list that it gives has at least one hit; the first matching route
 * of the policy wins. Empty lists do not constrain.
 */
export type Route = {
  name: string;
  /** Words or phrases, matched without regard to case at word boundaries. */
  patterns: readonly string[];
  taskTypes: readonly TaskType[];
  complexities: readonly ComplexityLevel[];
  /** Equality on request metadata; all given keys must match. */
  metadata: Readonly<Record<string, string>>;
  /** Replaces the policy's strategy. */
  strategy: StrategyName | null;
  /** Target ids that get a preference term. */
  prefer: readonly string[];
  /** If not empty, every other target is excluded as `policy`. */
  allow: readonly string[];
  /** Target ids excluded as `policy`. */
  deny: readonly string[];
};

/** A declarative routing policy with its targets. Immutable; `version` is the hash of its content. */
export type Policy = {
  name: string;
  /** First 16 hex digits of the SHA-256 of the policy's canonical JSON. */
  version: string;
  strategy: StrategyName;
  preferences: Preferences;
  /** Share of requests, 0 to 1, spread evenly over the eligible candidates instead of going to the best. */
  exploration: number;
  limits: Limits;
  routes: readonly Route[];
  fallback: {
    /** Models tried for one request, the first included. */
    maxModels: number;
    /** Target ids in the order in which they replace the ranking; empty means the ranking itself. */
    chain: readonly string[];
  };
  targets: readonly Target[];
};

import type { CustomStrategy, Preferences } from './strategy.js';
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
  /** Words or phrases, matched at word boundaries, and expressions of RE2 between slashes; all without regard to case. */
  patterns: readonly string[];
  taskTypes: readonly TaskType[];
  complexities: readonly ComplexityLevel[];
  /** Equality on request metadata; all given keys must match. */
  metadata: Readonly<Record<string, string>>;
  /** Replaces the policy's strategy. */
  strategy: string | null;
  /** Target ids that get a preference term. */
  prefer: readonly string[];
  /** If not empty, every other target is excluded as `policy`. */
  allow: readonly string[];
  /** Target ids excluded as `policy`. */
  deny: readonly string[];
};

/** `greedy` takes the best. `softmax` gives `exp(score / temperature)` to each: at 0.05 a lead of 0.05 counts 2.7 times. */
export type Distribution = { kind: 'greedy' } | { kind: 'softmax'; temperature: number };

/**
 * A share of the requests for the best-ranked eligible one of `targets`: a weighted split, a canary, or a `shadow`, which
 * is called beside the chosen target and answers nobody. A target of an arm that serves gets no other traffic, unless no
 * target outside of arms is eligible; it is still a fallback.
 */
export type Arm = { name: string; share: number; targets: readonly string[]; shadow: boolean };

/**
 * What a choice sticks to. The draw comes from the key then: whoever fell into an arm stays there, and stays when its
 * share grows. With `hold` the target that the key had before is kept as long as it is eligible.
 */
export type Sticky = { by: 'conversation' | 'user'; hold: boolean };

/** What a tenant may use. `deny` wins over `allow`; an empty `allow` allows all; `residency` is beside the policy's. */
export type TenantRule = {
  allow: readonly string[];
  deny: readonly string[];
  residency: readonly string[];
};

/** A declarative routing policy with its targets. Immutable; `version` is the hash of its content. */
export type Policy = {
  name: string;
  /** First 16 hex digits of the SHA-256 of the policy's canonical JSON. */
  version: string;
  /** A built-in strategy or one of `strategies`. */
  strategy: string;
  /** The policy's own strategies by name. */
  strategies: Readonly<Record<string, CustomStrategy>>;
  preferences: Preferences;
  /** Share of requests, 0 to 1, spread evenly over the eligible candidates instead of following their scores. */
  exploration: number;
  /** How scores become probabilities where the strategy does not say so itself. */
  distribution: Distribution;
  /** Shares of the requests that go to targets whatever their scores; those that serve sum to at most 1. */
  arms: readonly Arm[];
  /** Keeps a conversation or a user where it was; `null` draws afresh for every request. */
  sticky: Sticky | null;
  /** Whether callers may name a concrete model. */
  overrides: 'allow' | 'deny';
  limits: Limits;
  /** Tags of places: targets must process in one of them. Empty does not constrain. */
  residency: readonly string[];
  /** What tenants may use, by tenant; the others may use everything. */
  tenants: Readonly<Record<string, TenantRule>>;
  routes: readonly Route[];
  fallback: {
    /** Models tried for one request, the first included. */
    maxModels: number;
    /** Target ids in the order in which they replace the ranking; empty means the ranking itself. */
    chain: readonly string[];
  };
  targets: readonly Target[];
};

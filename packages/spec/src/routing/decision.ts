import type { RoutingRequest } from './request.js';
import type { TargetSignals } from './snapshot.js';
import type { Task } from './task.js';

/** Why a candidate was not eligible. A closed set. */
export const EXCLUSION_REASONS = [
  'over-budget',
  'over-request-limit',
  'context-too-long',
  'missing-capability',
  'circuit-open',
  'unhealthy',
  'rate-limited',
  'not-allowed',
  'policy',
] as const;

/** One of `EXCLUSION_REASONS`. */
export type ExclusionReason = (typeof EXCLUSION_REASONS)[number];

/** An exclusion with the numbers behind it, for example "expected 1200000 nano-USD, limit 1000000". */
export type Exclusion = { reason: ExclusionReason; detail: string };

/** The named parts of a score, each of at most three decimals. They sum exactly (left to right) to the score. */
export type Terms = Readonly<Record<string, number>>;

/** A target considered for a request. Estimates are `null` where a price or a speed is unknown. */
export type Candidate = {
  target: string;
  provider: string;
  model: string;
  eligible: boolean;
  excluded: Exclusion | null;
  /** Higher is better, to three decimals: what is less apart is a tie. `null` when excluded. */
  score: number | null;
  terms: Terms;
  /** The chance with which this candidate was chosen, 0 to 1 in whole billionths; 0 when excluded. All sum to 1. */
  probability: number;
  signals: TargetSignals | null;
  estimatedCostNanoUsd: number | null;
  /** Whole milliseconds. */
  estimatedLatencyMs: number | null;
};

/** What the caller asked for, as far as it decides. With the policy and the candidates all that a replay needs. */
export type Asked = Pick<
  RoutingRequest,
  'tenant' | 'model' | 'strategy' | 'preferences' | 'limits' | 'needs' | 'residency' | 'maxOutputTokens'
>;

/** Why a decision was not drawn afresh: the draw came from a key, or the key's earlier target was kept. */
export type Stickiness = {
  by: 'conversation' | 'user';
  /** Id of the target that the key had before, whether it could be kept or not; `null` when it had none. */
  held: string | null;
};

/**
 * The immutable record of a decision: what `decide()` returns, and all that is needed to explain it. Identity, sequence
 * and duration are added by whoever runs it, because deciding is pure.
 */
export type Decision = {
  policy: { name: string; version: string };
  /** A built-in strategy or one of the policy's. */
  strategy: string;
  /** Name of the matched route, or `null`. */
  route: string | null;
  routePatterns: readonly string[];
  task: Task;
  prompt: { characters: number; tokensEstimated: number };
  /** Tokens of the answer to expect, before the limit of a target. */
  answerTokens: number;
  asked: Asked;
  /** Nano-USD left in the tightest budget of the request; `null` when it has none. */
  budgetLeftNanoUsd: number | null;
  /** Eligible candidates by falling score, then the excluded ones in the order of the policy. */
  candidates: readonly Candidate[];
  /** Id of the chosen target. */
  selected: string;
  /** The probability with which `selected` was chosen. */
  propensity: number;
  /** True when the draw left the best candidate. */
  explored: boolean;
  /** The random number behind the choice in whole billionths, 0 to 999,999,999; `null` when nothing was left to chance. */
  draw: number | null;
  /** `null` where the policy, or the request, has no key to stick to. */
  sticky: Stickiness | null;
  /** Name of the policy's arm that the draw fell into, or `null`. */
  arm: string | null;
  /** Ids of the targets to call in the shadow: beside `selected`, their answers thrown away. */
  shadows: readonly string[];
  /** Chance that the best candidate would still rank before the second, 0.5 to 1 with four decimals; 1 for a single one. */
  confidence: number;
  /** What the caller asked for by name, and what the router would have chosen; `null` when it was free to choose. */
  override: { requested: string; routed: string | null } | null;
  /** Target ids to try after `selected`, in order. */
  fallbacks: readonly string[];
};

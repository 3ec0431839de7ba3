import type { StoredCandidate } from './stored-candidate.js';

/** A decision as stored. Timestamps are ISO 8601 in UTC with nanoseconds; `null` means unknown, or that there was none. */
export type StoredDecision = {
  timestamp: string;
  durationNs: number;
  traceId: string;
  serviceName: string;
  serviceInstanceId: string;
  statusCode: string;
  statusMessage: string;
  decisionId: string;
  decisionSequence: number | null;
  /** Empty when the request named none. */
  tenant: string;
  source: string | null;
  userId: string | null;
  conversationId: string | null;
  policyName: string;
  policyVersion: string;
  /** `null`, like the rest of the decision, when no candidate was left. */
  strategy: string | null;
  route: string | null;
  routePatterns: string[];
  taskType: string | null;
  taskComplexity: string | null;
  taskComplexityScore: number | null;
  promptCharacters: number | null;
  promptTokensEstimated: number | null;
  /** In the order of the decision; numbers with 7 digits. Empty when there was no decision. */
  candidates: StoredCandidate[];
  selectedTarget: string | null;
  selectedModel: string | null;
  selectedProvider: string | null;
  propensity: number | null;
  explored: boolean | null;
  confidence: number | null;
  override: boolean | null;
  overrideTarget: string | null;
  decideDurationUs: number | null;
  estimatedCostNanoUsd: number | null;
  estimatedLatencyMs: number | null;
  /** `null` when the span named none of the three. */
  outcome: string | null;
  errorType: string | null;
  attempts: number | null;
  servedTarget: string | null;
  servedModel: string | null;
  servedProvider: string | null;
  cache: string | null;
  coalesced: boolean | null;
  tokensInput: number | null;
  tokensOutput: number | null;
  tokensCacheRead: number | null;
  tokensCacheWrite: number | null;
  tokensReasoning: number | null;
  costNanoUsd: number | null;
  costSource: string | null;
  priceVersion: string | null;
  timeToFirstChunkMs: number | null;
};

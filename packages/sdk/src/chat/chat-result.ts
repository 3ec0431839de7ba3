import type { Decision, FinishReason, RequestOutcome, Target, TokenUsage } from '@signalbox/spec';
import type { OpenRequest } from '../execute/open-request.js';

/** An answer, with who gave it, what it cost and why that target was chosen. */
export type ChatResult = {
  /** The text of the answer. */
  content: string;
  /** Model name that the target's provider was asked for. */
  model: string;
  provider: string;
  /** Id of the target that answered. */
  target: string;
  /** Cost of all attempts; `null` when a price or the usage is unknown. */
  cost: { nanoUsd: number; usd: number } | null;
  /** The same in nano-USD (1e-9 USD), an integer. */
  costNanoUsd: number | null;
  cached: false;
  /** Milliseconds from the request to the end of the answer. */
  latencyMs: number;
  /** Tokens of all attempts together; `null` where a provider did not say. */
  usage: TokenUsage;
  finishReason: FinishReason | null;
  decisionId: string;
  decision: Decision;
};

/** The result of an ended request. */
export const toChatResult = (
  { decisionId, decision, elapsedMs }: OpenRequest,
  answer: { content: string; finishReason: FinishReason | null; served: Target; outcome: RequestOutcome },
): ChatResult => {
  const { content, finishReason, served, outcome } = answer;
  const { costNanoUsd, usage } = outcome;
  return {
    content,
    model: served.model,
    provider: served.provider,
    target: served.id,
    cost: costNanoUsd === null ? null : { nanoUsd: costNanoUsd, usd: costNanoUsd / 1e9 },
    costNanoUsd,
    cached: false,
    latencyMs: elapsedMs(),
    usage,
    finishReason,
    decisionId,
    decision,
  };
};

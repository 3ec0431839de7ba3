import type { Snapshot, Target, TargetSignals } from '@signalbox/spec';
import { costNanoUsd } from '../cost-nano-usd.js';
import type { DecisionContext } from '../decision-context.js';
import { estimateLatencyMs } from './estimate-latency-ms.js';

/** What is known and expected of one target for one request. `null` is unknown. */
export type TargetFacts = {
  target: Target;
  signals: TargetSignals | null;
  /** Integer nano-USD. */
  estimatedCostNanoUsd: number | null;
  estimatedLatencyMs: number | null;
};

/** Gathers the facts of a target: what was measured, and the cost and the duration to expect. */
export const gatherFacts = (target: Target, context: DecisionContext, snapshot: Snapshot): TargetFacts => {
  const signals = snapshot[target.id] ?? null;
  const answerTokens = Math.min(context.answerTokens, target.maxOutputTokens ?? context.answerTokens);
  const usage = {
    input: context.promptTokens,
    output: answerTokens,
    cacheRead: null,
    cacheWrite: null,
    reasoning: null,
  };
  return {
    target,
    signals,
    estimatedCostNanoUsd: costNanoUsd(usage, target.price),
    estimatedLatencyMs: estimateLatencyMs(target, signals, answerTokens),
  };
};

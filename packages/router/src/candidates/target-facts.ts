import type { Target, TargetSignals } from '@signalbox/spec';
import { costNanoUsd } from '../cost-nano-usd.js';
import type { DecisionContext } from '../decision-context.js';
import { estimateLatencyMs } from './estimate-latency-ms.js';

/** What is known and expected of one target for one request. `null` is unknown. */
export type TargetFacts = {
  target: Target;
  /** At the resolution at which they are recorded. */
  signals: TargetSignals | null;
  /** Expected quality at the task of the request, 0 to 1. */
  quality: number | null;
  /** Tokens of the answer to expect from this target. */
  answerTokens: number;
  /** Integer nano-USD. */
  estimatedCostNanoUsd: number | null;
  /** Whole milliseconds. */
  estimatedLatencyMs: number | null;
};

/** Gathers the facts of a target: what was measured, and the quality, the cost and the duration to expect. */
export const gatherFacts = (
  target: Target,
  signals: TargetSignals | null,
  { promptTokens, answerTokens: expected, task }: DecisionContext,
): TargetFacts => {
  const answerTokens = Math.min(expected, target.maxOutputTokens ?? expected);
  const usage = {
    input: promptTokens,
    output: answerTokens,
    cacheRead: null,
    cacheWrite: null,
    reasoning: null,
  };
  return {
    target,
    signals,
    quality: target.qualityByTask?.[task.type] ?? target.quality,
    answerTokens,
    estimatedCostNanoUsd: costNanoUsd(usage, target.price),
    estimatedLatencyMs: estimateLatencyMs(target, signals, answerTokens),
  };
};

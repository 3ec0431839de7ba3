import type { Snapshot, Target, TargetSignals } from '@signalbox/spec';
import { costNanoUsd } from '../cost-nano-usd.js';
import type { DecisionContext } from '../decision-context.js';
import { estimateLatencyMs } from './estimate-latency-ms.js';
import { roundSignals } from './round-signals.js';

/** What is known and expected of one target for one request. `null` is unknown. */
export type TargetFacts = {
  target: Target;
  signals: TargetSignals | null;
  /** Tokens of the answer to expect from this target. */
  answerTokens: number;
  /** Integer nano-USD. */
  estimatedCostNanoUsd: number | null;
  /** Whole milliseconds. */
  estimatedLatencyMs: number | null;
};

/** Gathers the facts of a target: what was measured, and the cost and the duration to expect. */
export const gatherFacts = (target: Target, context: DecisionContext, snapshot: Snapshot): TargetFacts => {
  const signals = roundSignals(snapshot[target.id]);
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
    answerTokens,
    estimatedCostNanoUsd: costNanoUsd(usage, target.price),
    estimatedLatencyMs: estimateLatencyMs(target, signals, answerTokens),
  };
};

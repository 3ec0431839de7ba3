import type { Span } from '@opentelemetry/api';
import type { DecisionMade } from '@signalbox/spec';
import {
  ATTR_SIGNALBOX_ANSWER_TOKENS_EXPECTED,
  ATTR_SIGNALBOX_ARM,
  ATTR_SIGNALBOX_BUDGET_LEFT_NANO_USD,
  ATTR_SIGNALBOX_CANDIDATES,
  ATTR_SIGNALBOX_CONFIDENCE,
  ATTR_SIGNALBOX_DECIDE_DURATION_US,
  ATTR_SIGNALBOX_DRAW,
  ATTR_SIGNALBOX_ESTIMATED_COST_NANO_USD,
  ATTR_SIGNALBOX_ESTIMATED_LATENCY_MS,
  ATTR_SIGNALBOX_EXPLORED,
  ATTR_SIGNALBOX_OVERRIDE,
  ATTR_SIGNALBOX_OVERRIDE_TARGET,
  ATTR_SIGNALBOX_PROMPT_CHARACTERS,
  ATTR_SIGNALBOX_PROMPT_TOKENS_ESTIMATED,
  ATTR_SIGNALBOX_PROPENSITY,
  ATTR_SIGNALBOX_ROUTE,
  ATTR_SIGNALBOX_ROUTE_PATTERNS,
  ATTR_SIGNALBOX_SELECTED_MODEL,
  ATTR_SIGNALBOX_SELECTED_PROVIDER,
  ATTR_SIGNALBOX_SELECTED_TARGET,
  ATTR_SIGNALBOX_SHADOWS,
  ATTR_SIGNALBOX_STICKY_BY,
  ATTR_SIGNALBOX_STICKY_HELD,
  ATTR_SIGNALBOX_STRATEGY,
  ATTR_SIGNALBOX_TASK_COMPLEXITY,
  ATTR_SIGNALBOX_TASK_COMPLEXITY_SCORE,
  ATTR_SIGNALBOX_TASK_TYPE,
} from '@signalbox/spec/semconv';
import { knownAttributes, someOf } from '../known-attributes.js';
import { roundTo } from '../round-to.js';
import { toCandidatesJson } from './candidates-json.js';
import { describeAsked } from './describe-asked.js';

/** Writes the whole decision onto the route span. Computes nothing when the span is not recorded. */
export const describeDecision = (span: Span, { decision, durationUs }: DecisionMade): void => {
  if (!span.isRecording()) return;
  const selected = decision.candidates.find((candidate) => candidate.target === decision.selected);
  span.setAttributes(describeAsked(decision.asked));
  span.setAttributes(
    knownAttributes({
      [ATTR_SIGNALBOX_STRATEGY]: decision.strategy,
      [ATTR_SIGNALBOX_ROUTE]: decision.route,
      [ATTR_SIGNALBOX_ROUTE_PATTERNS]: someOf(decision.routePatterns),
      [ATTR_SIGNALBOX_TASK_TYPE]: decision.task.type,
      [ATTR_SIGNALBOX_TASK_COMPLEXITY]: decision.task.complexity,
      [ATTR_SIGNALBOX_TASK_COMPLEXITY_SCORE]: decision.task.complexityScore,
      [ATTR_SIGNALBOX_PROMPT_CHARACTERS]: decision.prompt.characters,
      [ATTR_SIGNALBOX_PROMPT_TOKENS_ESTIMATED]: decision.prompt.tokensEstimated,
      [ATTR_SIGNALBOX_ANSWER_TOKENS_EXPECTED]: decision.answerTokens,
      [ATTR_SIGNALBOX_BUDGET_LEFT_NANO_USD]: decision.budgetLeftNanoUsd,
      [ATTR_SIGNALBOX_CANDIDATES]: toCandidatesJson(decision.candidates),
      [ATTR_SIGNALBOX_SELECTED_TARGET]: decision.selected,
      [ATTR_SIGNALBOX_SELECTED_MODEL]: selected?.model,
      [ATTR_SIGNALBOX_SELECTED_PROVIDER]: selected?.provider,
      [ATTR_SIGNALBOX_PROPENSITY]: decision.propensity,
      [ATTR_SIGNALBOX_EXPLORED]: decision.explored,
      [ATTR_SIGNALBOX_DRAW]: decision.draw,
      [ATTR_SIGNALBOX_STICKY_BY]: decision.sticky?.by,
      [ATTR_SIGNALBOX_STICKY_HELD]: decision.sticky?.held,
      [ATTR_SIGNALBOX_ARM]: decision.arm,
      [ATTR_SIGNALBOX_SHADOWS]: someOf(decision.shadows),
      [ATTR_SIGNALBOX_CONFIDENCE]: decision.confidence,
      [ATTR_SIGNALBOX_OVERRIDE]: decision.override !== null,
      [ATTR_SIGNALBOX_OVERRIDE_TARGET]: decision.override?.routed,
      [ATTR_SIGNALBOX_DECIDE_DURATION_US]: roundTo(durationUs, 1),
      [ATTR_SIGNALBOX_ESTIMATED_COST_NANO_USD]: selected?.estimatedCostNanoUsd,
      [ATTR_SIGNALBOX_ESTIMATED_LATENCY_MS]: selected?.estimatedLatencyMs,
    }),
  );
};

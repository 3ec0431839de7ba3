import type { DecisionMade } from '@signalbox/spec';
import {
  ATTR_SIGNALBOX_EXCLUSION_REASON,
  ATTR_SIGNALBOX_EXCLUSION_TARGET,
  ATTR_SIGNALBOX_POLICY_NAME,
  ATTR_SIGNALBOX_STRATEGY,
} from '@signalbox/spec/semconv';
import type { Instruments } from './instruments.js';

/** Records the metrics of a decision: how long it took, how sure it was, and whom it excluded. */
export const recordDecision = (instruments: Instruments, { decision, durationUs }: DecisionMade): void => {
  const attributes = {
    [ATTR_SIGNALBOX_POLICY_NAME]: decision.policy.name,
    [ATTR_SIGNALBOX_STRATEGY]: decision.strategy,
  };
  instruments.decideDuration.record(durationUs, attributes);
  instruments.confidence.record(decision.confidence, attributes);
  for (const { target, excluded } of decision.candidates) {
    if (!excluded) continue;
    instruments.exclusions.add(1, {
      [ATTR_SIGNALBOX_EXCLUSION_TARGET]: target,
      [ATTR_SIGNALBOX_EXCLUSION_REASON]: excluded.reason,
    });
  }
};

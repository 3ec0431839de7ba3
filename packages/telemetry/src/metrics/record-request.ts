import type { RequestEnd } from '@signalbox/spec';
import {
  ATTR_ERROR_TYPE,
  ATTR_SIGNALBOX_OUTCOME,
  ATTR_SIGNALBOX_OVERRIDE,
  ATTR_SIGNALBOX_POLICY_NAME,
  ATTR_SIGNALBOX_ROUTE,
  ATTR_SIGNALBOX_SELECTED_TARGET,
  ATTR_SIGNALBOX_SERVED_TARGET,
  ATTR_SIGNALBOX_STRATEGY,
  ATTR_SIGNALBOX_TASK_TYPE,
} from '@signalbox/spec/semconv';
import { knownAttributes } from '../known-attributes.js';
import type { OpenRequest } from '../open-request.js';
import type { Instruments } from './instruments.js';

/** Records the metrics of a request that ended. Without a decision, what only a decision tells is absent. */
export const recordRequest = (
  instruments: Instruments,
  { start, decision }: Pick<OpenRequest, 'start' | 'decision'>,
  { outcome, durationMs }: RequestEnd,
): void => {
  const how = {
    [ATTR_SIGNALBOX_POLICY_NAME]: start.policy.name,
    [ATTR_SIGNALBOX_STRATEGY]: decision?.strategy,
    [ATTR_SIGNALBOX_ROUTE]: decision?.route,
  };
  const ended = {
    [ATTR_SIGNALBOX_OUTCOME]: outcome.status,
    [ATTR_ERROR_TYPE]: outcome.status === 'failed' ? (outcome.error?.type ?? 'unknown') : null,
  };
  const task = { [ATTR_SIGNALBOX_TASK_TYPE]: decision?.task.type };

  instruments.requests.add(
    1,
    knownAttributes({
      ...how,
      ...task,
      ...ended,
      [ATTR_SIGNALBOX_SELECTED_TARGET]: decision?.selected,
      [ATTR_SIGNALBOX_OVERRIDE]: decision && decision.override !== null,
    }),
  );
  instruments.requestDuration.record(durationMs / 1000, knownAttributes({ ...how, ...ended }));
  if (outcome.costNanoUsd === null) return;
  instruments.cost.add(
    outcome.costNanoUsd,
    knownAttributes({ ...how, ...task, [ATTR_SIGNALBOX_SERVED_TARGET]: outcome.served }),
  );
};

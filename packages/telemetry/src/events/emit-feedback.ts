import type { Attributes, Logger } from '@opentelemetry/api';
import type { FeedbackGiven } from '@signalbox/spec';
import {
  ATTR_GEN_AI_EVALUATION_NAME,
  ATTR_GEN_AI_EVALUATION_SCORE_LABEL,
  ATTR_GEN_AI_EVALUATION_SCORE_VALUE,
  ATTR_SIGNALBOX_DECISION_ID,
  ATTR_SIGNALBOX_TENANT,
  ATTR_USER_ID,
  EVENT_GEN_AI_EVALUATION_RESULT,
} from '@signalbox/spec/semconv';
import { knownAttributes } from '../known-attributes.js';

/** Writes one event for each thing that the feedback says, in the active context. */
export const emitFeedback = (logger: Logger, event: FeedbackGiven): void => {
  const about = {
    [ATTR_SIGNALBOX_DECISION_ID]: event.decisionId,
    [ATTR_SIGNALBOX_TENANT]: event.tenant,
    [ATTR_USER_ID]: event.userId,
  };
  for (const result of resultsOf(event)) {
    logger.emit({
      eventName: EVENT_GEN_AI_EVALUATION_RESULT,
      timestamp: new Date(event.epochMs),
      attributes: knownAttributes({ ...about, ...result }),
    });
  }
};

const resultsOf = ({ feedback: { satisfaction, accurate, overriddenTo } }: FeedbackGiven): Attributes[] => {
  const results: Attributes[] = [];
  if (satisfaction !== null) {
    results.push({
      [ATTR_GEN_AI_EVALUATION_NAME]: 'satisfaction',
      [ATTR_GEN_AI_EVALUATION_SCORE_VALUE]: satisfaction,
    });
  }
  if (accurate !== null) {
    results.push({
      [ATTR_GEN_AI_EVALUATION_NAME]: 'accuracy',
      [ATTR_GEN_AI_EVALUATION_SCORE_LABEL]: accurate ? 'accurate' : 'inaccurate',
      [ATTR_GEN_AI_EVALUATION_SCORE_VALUE]: accurate ? 1 : 0,
    });
  }
  if (overriddenTo !== null) {
    results.push({
      [ATTR_GEN_AI_EVALUATION_NAME]: 'override',
      [ATTR_GEN_AI_EVALUATION_SCORE_LABEL]: overriddenTo,
    });
  }
  return results;
};

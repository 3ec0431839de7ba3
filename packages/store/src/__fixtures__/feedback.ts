import { toDateTime64 } from '../rows/date-time64.js';
import type { LogRow } from '../rows/log-row.js';
import { LOG_ROW } from './log-row.js';
import { NOW_NANO, ROUTE_ATTRIBUTES } from './spans.js';

/** A feedback event about the decision of the fixtures, `secondsLater` after the others; its attributes can be changed. */
export function feedbackEvent(attributes: Record<string, string>, secondsLater = 0): LogRow {
  return {
    ...LOG_ROW,
    Timestamp: toDateTime64(NOW_NANO + BigInt(Math.round(secondsLater * 1e9))),
    ResourceAttributes: { 'service.name': 'checkout', 'service.instance.id': 'run-1' },
    ScopeName: 'signalbox',
    SeverityText: '',
    SeverityNumber: 0,
    Body: '',
    LogAttributes: {
      'signalbox.decision.id': ROUTE_ATTRIBUTES['signalbox.decision.id'] ?? '',
      'signalbox.tenant': 'acme',
      'user.id': 'user-7',
      ...attributes,
    },
    EventName: 'gen_ai.evaluation.result',
  };
}

/** The attributes of a satisfaction from 0 to 1. */
export const satisfaction = (score: string): Record<string, string> => ({
  'gen_ai.evaluation.name': 'satisfaction',
  'gen_ai.evaluation.score.value': score,
});

/** The attributes of a judgement, `accurate` or `inaccurate`. */
export const accuracy = (label: string): Record<string, string> => ({
  'gen_ai.evaluation.name': 'accuracy',
  'gen_ai.evaluation.score.label': label,
  'gen_ai.evaluation.score.value': label === 'accurate' ? '1' : '0',
});

/** The attributes of an override to a target. */
export const override = (target: string): Record<string, string> => ({
  'gen_ai.evaluation.name': 'override',
  'gen_ai.evaluation.score.label': target,
});

import type { Feedback } from '@signalbox/spec';
import { expect, it } from 'vitest';
import { createFeedbackLearner } from './feedback-learner.js';
import { createOutcomeTracker } from './outcome-tracker.js';

const REQUEST = { tenant: 'acme', userId: 'ann' };
const SERVED = {
  request: REQUEST,
  task: { type: 'chat', complexity: 'simple', complexityScore: 0.1 },
  targetId: 'a/x',
} as const;
const SILENT: Feedback = { satisfaction: null, accurate: null, overriddenTo: null };

const learn = (feedback: Partial<Feedback>, given: { tenant?: string; decisionId?: string } = {}) => {
  const outcomes = createOutcomeTracker();
  const learner = createFeedbackLearner(outcomes);
  learner.serve('d-1', SERVED);
  learner.onFeedbackGiven?.({
    type: 'feedback-given',
    decisionId: 'd-1',
    tenant: 'acme',
    userId: 'ann',
    epochMs: 0,
    feedback: { ...SILENT, ...feedback },
    ...given,
  });
  return outcomes.snapshotFor(REQUEST).userOutcomes?.['a/x'];
};

it.each<[string, Partial<Feedback>, number]>([
  ['satisfaction', { satisfaction: 0.5 }, 1],
  ['dissatisfaction, whatever else is said', { satisfaction: 0.4, accurate: true }, 0],
  ['the right choice', { accurate: true }, 1],
  ['the wrong choice', { accurate: false }, 0],
  ['another target taken instead', { overriddenTo: 'b/y' }, 0],
])('counts %s as an outcome of the target that served', (_, feedback, successes) => {
  expect(learn(feedback)).toEqual({ successes, failures: 1 - successes });
});

it('does not count feedback on a decision that it does not know, or of another tenant', () => {
  expect(learn({ accurate: true }, { decisionId: 'd-2' })).toBeUndefined();
  expect(learn({ accurate: true }, { tenant: 'other' })).toBeUndefined();
});

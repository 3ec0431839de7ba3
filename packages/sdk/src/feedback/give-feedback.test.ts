import { expect, it } from 'vitest';
import { createTestSignalbox } from '../__fixtures__/test-signalbox.js';
import type { FeedbackOptions } from './give-feedback.js';

it('tells every listener what is said, when, and for whom', () => {
  const { signalbox, clock, recorder } = createTestSignalbox({}, { config: { tenant: 'acme' } });
  signalbox.feedback('decision-1', {
    satisfaction: 0,
    accurate: false,
    overriddenTo: 'a/b',
    userId: 'user-1',
  });
  expect(recorder.events).toEqual([
    {
      type: 'feedback-given',
      decisionId: 'decision-1',
      tenant: 'acme',
      userId: 'user-1',
      epochMs: clock.epochMs(),
      feedback: { satisfaction: 0, accurate: false, overriddenTo: 'a/b' },
    },
  ]);
});

it('leaves what is not said null, and takes the tenant that is given', () => {
  const { signalbox, recorder } = createTestSignalbox({}, { config: { tenant: 'acme' } });
  signalbox.feedback('decision-1', { accurate: true, tenant: 'other' });
  expect(recorder.ofType('feedback-given')).toMatchObject([
    { tenant: 'other', userId: null, feedback: { satisfaction: null, accurate: true, overriddenTo: null } },
  ]);
});

it.each<[string, FeedbackOptions, ErrorConstructor, string]>([
  ['', { satisfaction: 1 }, TypeError, 'The decision id is ""'],
  ['d', {}, TypeError, 'The feedback says nothing'],
  ['d', { satisfaction: 5 }, RangeError, '`satisfaction` is 5'],
  ['d', { satisfaction: Number.NaN }, RangeError, '`satisfaction` is NaN'],
  ['d', { satisfaction: '1' as never }, RangeError, '`satisfaction` is 1'],
  ['d', { accurate: 'yes' as never }, TypeError, '`accurate` is "yes"'],
  ['d', { overriddenTo: '' }, TypeError, '`overriddenTo` is ""'],
])('refuses feedback on %j that is %j', (decisionId, feedback, error, message) => {
  const { signalbox, recorder } = createTestSignalbox({});
  const give = () => signalbox.feedback(decisionId, feedback);
  expect(give).toThrow(error);
  expect(give).toThrow(message);
  expect(recorder.events).toEqual([]);
});

it('swallows and counts what a listener throws', () => {
  const onFeedbackGiven = () => {
    throw new Error('deaf');
  };
  const { signalbox } = createTestSignalbox({}, { listeners: [{ onFeedbackGiven }] });
  signalbox.feedback('decision-1', { accurate: true });
  expect(signalbox.listenerErrors()).toBe(1);
});

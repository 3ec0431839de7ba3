import type { Decision } from '@signalbox/spec';
import { createEventRecorder, createFakeProvider, type FakeAnswer } from '@signalbox/spec/testing';
import { describe, expect, it } from 'vitest';
import { apiError } from '../__fixtures__/api-error.js';
import { configFor } from '../__fixtures__/test-signalbox.js';
import { createSignalbox } from './create-signalbox.js';

const ANSWER = { chunks: ['Hi'], inputTokens: 10, outputTokens: 5 };

const create = (script: Record<string, readonly FakeAnswer[]>, policy: object) => {
  const recorder = createEventRecorder();
  const config = configFor(createFakeProvider(script).provider);
  const signalbox = createSignalbox(
    { ...config, policy: { ...config.policy, ...policy }, telemetry: { enabled: false } },
    { listeners: [recorder.listener] },
  );
  const lastDecision = (): Decision | undefined => recorder.ofType('decision-made').at(-1)?.decision;
  return { signalbox, lastDecision };
};

const signalsOf = (decision: Decision | undefined, target: string) =>
  decision?.candidates.find((candidate) => candidate.target === target)?.signals;

describe('what a Signalbox learns', () => {
  it('is how requests of a user ended, its feedback included', async () => {
    const script = { first: [{ error: apiError(503) }, ANSWER], second: [ANSWER] };
    const { signalbox, lastDecision } = create(script, { strategy: 'user-preference' });
    const { decisionId } = await signalbox.chat({ prompt: 'Hi', userId: 'ann' });
    signalbox.feedback(decisionId, { satisfaction: 1 });
    await signalbox.chat({ prompt: 'Hi', userId: 'ann' });
    expect(signalsOf(lastDecision(), 'fake/first')).toMatchObject({ userSuccesses: 0, userFailures: 1 });
    expect(signalsOf(lastDecision(), 'fake/second')).toMatchObject({ userSuccesses: 1.98, userFailures: 0 });
    await signalbox.decide({ prompt: 'Hi', userId: 'bob' });
    expect(signalsOf(lastDecision(), 'fake/second')).not.toHaveProperty('userSuccesses');
  });

  it('is how requests of a task ended, for an adaptive strategy', async () => {
    const { signalbox, lastDecision } = create(
      { first: [ANSWER], second: [ANSWER], third: [ANSWER] },
      { strategy: 'adaptive' },
    );
    const { target } = await signalbox.chat({ prompt: 'Hi' });
    await signalbox.decide({ prompt: 'Hi' });
    expect(signalsOf(lastDecision(), target)).toMatchObject({ successes: 1, failures: 0 });
    expect(lastDecision()?.draw).toEqual(expect.any(Number));
  });

  it('is who served a conversation, where the policy holds on to it', async () => {
    const script = { first: [{ error: apiError(503) }], second: [ANSWER] };
    const { signalbox, lastDecision } = create(script, { sticky: { by: 'conversation' } });
    await signalbox.chat({ prompt: 'Hi', conversationId: 'c-1' });
    await signalbox.decide({ prompt: 'Hi', conversationId: 'c-1' });
    expect(lastDecision()).toMatchObject({
      selected: 'fake/second',
      sticky: { by: 'conversation', held: 'fake/second' },
    });
    await signalbox.decide({ prompt: 'Hi', conversationId: 'c-2' });
    expect(lastDecision()?.sticky).toEqual({ by: 'conversation', held: null });
  });
});

import { NoCandidateError } from '@signalbox/spec';
import { describe, expect, it } from 'vitest';
import { createTestSignalbox } from '../__fixtures__/test-signalbox.js';

const ONE_ATTEMPT = ['request-start', 'decision-made', 'attempt-start 1', 'attempt-end 1', 'request-end'];

describe('decide', () => {
  it('gives the decision and the target to call, and leaves the request open', async () => {
    const { signalbox, eventNames, calls } = createTestSignalbox({});
    const handle = await signalbox.decide({ prompt: 'Hi', source: 's' });
    expect(handle.id).toBe('decision-1');
    expect(handle.decision.selected).toBe('fake/first');
    expect(handle.target).toMatchObject({ provider: 'fake', model: 'first' });
    expect(eventNames()).toEqual(ONE_ATTEMPT.slice(0, 3));
    expect(calls).toHaveLength(0);
  });

  it('reports a recorded success like a call of its own', async () => {
    const { signalbox, recorder, eventNames } = createTestSignalbox({});
    const handle = await signalbox.decide({ prompt: 'Hi' });
    const tokens = { input: 1000, output: 200, cacheRead: 500 };
    expect(handle.record({ success: true, tokens, latencyMs: 1200, responseModel: 'first-2026' })).toBe(true);
    expect(eventNames()).toEqual(ONE_ATTEMPT);
    const cost = 500 * 1000 + 500 * 100 + 200 * 4000;
    expect(recorder.ofType('attempt-end')[0]).toMatchObject({
      durationMs: 1200,
      timeToFirstChunkMs: null,
      outcome: { status: 'succeeded', costNanoUsd: cost, responseModel: 'first-2026' },
    });
    expect(recorder.ofType('request-end')[0]?.outcome).toMatchObject({
      status: 'succeeded',
      attempts: 1,
      served: 'fake/first',
      usage: { ...tokens, cacheWrite: null, reasoning: null },
      costNanoUsd: cost,
    });
  });

  it.each([undefined, Number.NaN, -5])(
    'measures the time since the decision where the caller gives %s',
    async (latencyMs) => {
      const { signalbox, clock, recorder } = createTestSignalbox({});
      const handle = await signalbox.decide({ prompt: 'Hi' });
      clock.advance(300);
      handle.record({ success: true, latencyMs });
      expect(recorder.ofType('attempt-end')[0]?.durationMs).toBe(300);
    },
  );

  it.each([
    ['rate-limit', 'failed', 'rate-limit'],
    ['cancelled', 'cancelled', 'cancelled'],
    [undefined, 'failed', 'unknown'],
    ['made up', 'failed', 'unknown'],
  ])('reports a recorded failure of type %s', async (errorType, status, type) => {
    const { signalbox, recorder } = createTestSignalbox({});
    const handle = await signalbox.decide({ prompt: 'Hi' });
    handle.record({ success: false, errorType: errorType as never, status: 429 });
    expect(recorder.ofType('request-end')[0]?.outcome).toMatchObject({
      status,
      served: null,
      error: { type, status: 429 },
    });
  });

  it('records once: a second record changes nothing and says so', async () => {
    const { signalbox, eventNames } = createTestSignalbox({});
    const handle = await signalbox.decide({ prompt: 'Hi' });
    expect(handle.record({ success: true })).toBe(true);
    expect(handle.record({ success: false })).toBe(false);
    expect(eventNames()).toEqual(ONE_ATTEMPT);
  });

  it('teaches the next decision', async () => {
    const { signalbox } = createTestSignalbox({});
    const handle = await signalbox.decide({ prompt: 'Hi' });
    handle.record({ success: true, tokens: { output: 100 }, latencyMs: 1200, timeToFirstChunkMs: 200 });
    const { decision } = await signalbox.decide({ prompt: 'Hi' });
    expect(decision.candidates[0]?.signals).toEqual({
      firstChunkMs: 200,
      tokensPerSecond: 100,
      successRate: 1,
      circuit: 'closed',
    });
  });

  it('honours needs', async () => {
    const { signalbox } = createTestSignalbox({});
    await expect(signalbox.decide({ prompt: 'Hi', needs: ['vision'] })).rejects.toBeInstanceOf(
      NoCandidateError,
    );
  });
});

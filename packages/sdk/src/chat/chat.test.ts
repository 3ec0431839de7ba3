import { AllAttemptsFailedError, NoCandidateError, UnknownModelError } from '@signalbox/spec';
import { describe, expect, it } from 'vitest';
import { apiError } from '../__fixtures__/api-error.js';
import { createControlledProvider } from '../__fixtures__/controlled-provider.js';
import { createTestSignalbox, createTestSignalboxOver } from '../__fixtures__/test-signalbox.js';

const ANSWER = { chunks: ['Hello', ' you'], inputTokens: 1000, outputTokens: 200 };
const COST = 1000 * 1000 + 200 * 4000;

describe('chat', () => {
  it('answers with content, target, cost, usage and the decision', async () => {
    const { signalbox, recorder } = createTestSignalbox({ first: [ANSWER] });
    const result = await signalbox.chat({ prompt: 'Hi' });
    const [made] = recorder.ofType('decision-made');
    expect(result).toEqual({
      content: 'Hello you',
      model: 'first',
      provider: 'fake',
      target: 'fake/first',
      cost: { nanoUsd: COST, usd: COST / 1e9 },
      costNanoUsd: COST,
      cached: false,
      latencyMs: 0,
      usage: { input: 1000, output: 200, cacheRead: null, cacheWrite: null, reasoning: null },
      finishReason: { unified: 'stop', raw: 'stop' },
      decisionId: 'decision-1',
      decision: made?.decision,
    });
  });

  it('reports every step once, in order', async () => {
    const { signalbox, recorder, eventNames } = createTestSignalbox({ first: [ANSWER] });
    await signalbox.chat({ prompt: 'Hi', userId: 'u', conversationId: 'c', source: 's', temperature: 0.5 });
    expect(eventNames()).toEqual([
      'request-start',
      'decision-made',
      'attempt-start 1',
      'attempt-end 1',
      'request-end',
    ]);
    expect(recorder.events.map(({ decisionId }) => decisionId)).toEqual(Array(5).fill('decision-1'));
    expect(recorder.ofType('request-start')[0]).toMatchObject({
      policy: { name: 'default', version: signalbox.policy.version },
      request: { prompt: 'Hi', tenant: 'default', userId: 'u', conversationId: 'c', source: 's' },
    });
    expect(recorder.ofType('attempt-start')[0]).toMatchObject({
      attempt: 1,
      cause: 'first',
      target: { id: 'fake/first' },
      stream: false,
      settings: { temperature: 0.5, topP: null, maxOutputTokens: null },
    });
    expect(recorder.ofType('attempt-end')[0]?.outcome).toMatchObject({
      status: 'succeeded',
      costNanoUsd: COST,
      responseModel: 'first',
      responseId: 'fake-1',
    });
    expect(recorder.ofType('request-end')[0]?.outcome).toEqual({
      status: 'succeeded',
      attempts: 1,
      served: 'fake/first',
      usage: { input: 1000, output: 200, cacheRead: null, cacheWrite: null, reasoning: null },
      costNanoUsd: COST,
      costSource: 'config',
      priceVersion: expect.stringMatching(/^sha256:[0-9a-f]{12}$/),
      timeToFirstChunkMs: null,
      error: null,
    });
  });

  it('sends messages, system, settings and headers to the target', async () => {
    const { signalbox, calls } = createTestSignalbox({ first: [ANSWER] });
    await signalbox.chat({
      system: 'Be brief.',
      messages: [
        { role: 'user', content: 'One' },
        { role: 'assistant', content: 'Two' },
        { role: 'user', content: 'Three' },
      ],
      maxOutputTokens: 50,
      temperature: 0,
      headers: { 'x-trace': 't' },
    });
    expect(calls[0]?.options).toEqual({
      prompt: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: [{ type: 'text', text: 'One' }] },
        { role: 'assistant', content: [{ type: 'text', text: 'Two' }] },
        { role: 'user', content: [{ type: 'text', text: 'Three' }] },
      ],
      maxOutputTokens: 50,
      temperature: 0,
      headers: { 'x-trace': 't' },
    });
  });

  it('falls back to the next target', async () => {
    const { signalbox, recorder, eventNames } = createTestSignalbox({
      first: [{ error: apiError(503) }],
      second: [ANSWER],
    });
    const result = await signalbox.chat({ prompt: 'Hi' });
    expect(result.target).toBe('fake/second');
    expect(eventNames()).toEqual([
      'request-start',
      'decision-made',
      'attempt-start 1',
      'attempt-end 1',
      'attempt-start 2',
      'attempt-end 2',
      'request-end',
    ]);
    expect(recorder.ofType('attempt-start').map(({ cause }) => cause)).toEqual(['first', 'fallback']);
    expect(recorder.ofType('attempt-end')[0]?.outcome).toMatchObject({
      status: 'failed',
      costNanoUsd: null,
      error: { type: 'overloaded', status: 503 },
    });
    expect(recorder.ofType('request-end')[0]?.outcome).toMatchObject({
      status: 'succeeded',
      attempts: 2,
      served: 'fake/second',
      costNanoUsd: COST,
      error: null,
    });
  });

  it('tries no more models than the policy allows', async () => {
    const { signalbox, calls } = createTestSignalbox(
      { first: [{ error: apiError(500) }], second: [{ error: apiError(500) }] },
      { config: { policy: { strategy: 'quality-optimal', fallback: { maxModels: 2 } } } },
    );
    await expect(signalbox.chat({ prompt: 'Hi' })).rejects.toThrow('All 2 attempts failed');
    expect(calls.map(({ model }) => model)).toEqual(['first', 'second']);
  });

  it('fails with every failure and the last error as cause', async () => {
    const last = apiError(500, { message: 'boom' });
    const { signalbox, recorder, eventNames } = createTestSignalbox({
      first: [{ error: apiError(429) }],
      second: [{ error: apiError(401) }],
      third: [{ error: last }],
    });
    const error = await signalbox.chat({ prompt: 'Hi' }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AllAttemptsFailedError);
    expect(error).toMatchObject({
      cause: last,
      decisionId: 'decision-1',
      failures: [
        { target: 'fake/first', failure: { type: 'rate-limit', status: 429 } },
        { target: 'fake/second', failure: { type: 'auth', status: 401 } },
        { target: 'fake/third', failure: { type: 'server', message: 'boom', status: 500 } },
      ],
    });
    expect(eventNames().filter((name) => name.startsWith('attempt-end'))).toHaveLength(3);
    expect(eventNames().at(-1)).toBe('request-end');
    expect(recorder.ofType('request-end').map(({ outcome }) => outcome)).toEqual([
      {
        status: 'failed',
        attempts: 3,
        served: null,
        usage: { input: null, output: null, cacheRead: null, cacheWrite: null, reasoning: null },
        costNanoUsd: null,
        costSource: null,
        priceVersion: null,
        timeToFirstChunkMs: null,
        error: { type: 'server', message: 'boom', status: 500 },
      },
    ]);
  });

  it.each([
    ['an invalid request', apiError(400), 'invalid-request'],
    ['a content filter', apiError(400, { code: 'content_filter' }), 'content-filter'],
    [
      'a prompt that fits no equal target',
      apiError(400, { code: 'context_length_exceeded' }),
      'context-too-long',
    ],
  ])('does not try %s elsewhere', async (_name, error, type) => {
    const { signalbox, calls } = createTestSignalbox({ first: [{ error }], second: [ANSWER] });
    await expect(signalbox.chat({ prompt: 'Hi' })).rejects.toMatchObject({
      cause: error,
      failures: [{ failure: { type } }],
    });
    expect(calls).toHaveLength(1);
  });

  it('tries a prompt that was too long at a target with a larger context', async () => {
    const target = (model: string, quality: number, contextTokens: number) => ({
      id: `fake/${model}`,
      quality,
      contextTokens,
    });
    const { signalbox, calls } = createTestSignalbox(
      { first: [{ error: apiError(413) }], third: [ANSWER] },
      {
        config: {
          targets: [
            target('first', 0.9, 100_000),
            target('second', 0.8, 50_000),
            target('third', 0.7, 1_000_000),
          ],
        },
      },
    );
    expect((await signalbox.chat({ prompt: 'Hi' })).target).toBe('fake/third');
    expect(calls.map(({ model }) => model)).toEqual(['first', 'third']);
  });

  it('serves a model that was asked for, and records the override', async () => {
    const { signalbox, recorder } = createTestSignalbox({ third: [ANSWER] });
    const { target, decision } = await signalbox.chat({ prompt: 'Hi', model: 'third' });
    expect(target).toBe('fake/third');
    expect(decision.override).toEqual({ requested: 'third', routed: 'fake/first' });
    expect(recorder.ofType('request-end')[0]?.outcome.served).toBe('fake/third');
  });

  it.each([
    ['no candidate', { limits: { costUsd: 1e-9 }, maxOutputTokens: 1000 }, NoCandidateError, 'no-candidate'],
    ['an unknown model', { model: 'gone' }, UnknownModelError, 'invalid-request'],
  ])('ends the request without a decision for %s', async (_name, options, errorClass, type) => {
    const { signalbox, recorder, eventNames } = createTestSignalbox({});
    await expect(signalbox.chat({ prompt: 'Hi', ...options })).rejects.toBeInstanceOf(errorClass);
    expect(eventNames()).toEqual(['request-start', 'request-end']);
    expect(recorder.ofType('request-end')[0]?.outcome).toMatchObject({
      status: 'failed',
      attempts: 0,
      served: null,
      costNanoUsd: null,
      error: { type },
    });
  });

  it('rejects with the reason of the signal and reports a cancellation, even if the provider does not listen', async () => {
    const { provider } = createControlledProvider();
    const { signalbox, recorder, eventNames } = createTestSignalboxOver(provider);
    const controller = new AbortController();
    const answer = signalbox.chat({ prompt: 'Hi', abortSignal: controller.signal });
    controller.abort(new Error('changed my mind'));
    await expect(answer).rejects.toThrow('changed my mind');
    expect(eventNames().slice(2)).toEqual(['attempt-start 1', 'attempt-end 1', 'request-end']);
    expect(recorder.ofType('attempt-end')[0]?.outcome).toMatchObject({
      status: 'cancelled',
      error: { type: 'cancelled' },
    });
    expect(recorder.ofType('request-end')[0]?.outcome.status).toBe('cancelled');
  });

  it('makes no attempt when the signal has aborted before', async () => {
    const { signalbox, recorder, calls } = createTestSignalbox({ first: [ANSWER] });
    const abortSignal = AbortSignal.abort(new Error('too late'));
    await expect(signalbox.chat({ prompt: 'Hi', abortSignal })).rejects.toThrow('too late');
    expect(calls).toHaveLength(0);
    expect(recorder.ofType('request-end')[0]?.outcome).toMatchObject({ status: 'cancelled', attempts: 0 });
  });

  it('counts a time limit of the caller as a failure of the target', async () => {
    const { provider } = createControlledProvider();
    const { signalbox, recorder } = createTestSignalboxOver(provider);
    const controller = new AbortController();
    const answer = signalbox.chat({ prompt: 'Hi', abortSignal: controller.signal });
    controller.abort(new DOMException('The operation timed out.', 'TimeoutError'));
    await expect(answer).rejects.toThrow('timed out');
    expect(recorder.ofType('request-end')[0]?.outcome).toMatchObject({
      status: 'failed',
      attempts: 1,
      error: { type: 'timeout' },
    });
  });

  it('learns from its attempts: the next decision sees the signals', async () => {
    const { signalbox } = createTestSignalbox({
      first: [{ error: apiError(500) }, ANSWER],
      second: [ANSWER],
    });
    await signalbox.chat({ prompt: 'Hi' });
    const { decision } = await signalbox.chat({ prompt: 'Hi' });
    const rates = Object.fromEntries(
      decision.candidates.map(({ target, signals }) => [target, signals?.successRate ?? null]),
    );
    expect(rates).toEqual({ 'fake/first': 0.9, 'fake/second': 1, 'fake/third': null });
  });

  it('numbers the requests of a process without gaps', async () => {
    const { signalbox, recorder } = createTestSignalbox({ first: [ANSWER, ANSWER] });
    await signalbox.chat({ prompt: 'Hi' });
    await signalbox.chat({ prompt: 'Hi' });
    expect(recorder.ofType('request-start').map(({ sequence }) => sequence)).toEqual([1, 2]);
  });

  it('answers although a listener throws at every event', async () => {
    const broken = () => {
      throw new Error('listener');
    };
    const listener = {
      onRequestStart: broken,
      onDecisionMade: broken,
      onAttemptStart: broken,
      runAttempt: broken,
      onAttemptEnd: broken,
      onRequestEnd: broken,
    };
    const { signalbox } = createTestSignalbox({ first: [ANSWER] }, { listeners: [listener] });
    expect((await signalbox.chat({ prompt: 'Hi' })).content).toBe('Hello you');
    expect(signalbox.listenerErrors()).toBe(6);
  });

  it.each([
    ['neither prompt nor messages', {}],
    ['both', { prompt: 'a', messages: [{ role: 'user', content: 'b' }] }],
    ['no message', { messages: [] }],
    ['an unknown role', { messages: [{ role: 'robot', content: 'b' }] }],
    ['content that is no text', { messages: [{ role: 'user', content: [] }] }],
  ])('rejects a request with %s before it starts', async (_name, request) => {
    const { signalbox, recorder } = createTestSignalbox({});
    await expect(signalbox.chat(request as never)).rejects.toBeInstanceOf(TypeError);
    expect(recorder.events).toEqual([]);
  });
});

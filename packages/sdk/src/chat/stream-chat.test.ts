import { NoCandidateError, StreamInterruptedError } from '@signalbox/spec';
import { describe, expect, it, vi } from 'vitest';
import { apiError } from '../__fixtures__/api-error.js';
import { collect } from '../__fixtures__/collect.js';
import { createControlledProvider, finish, text } from '../__fixtures__/controlled-provider.js';
import { createTestSignalbox, createTestSignalboxOver } from '../__fixtures__/test-signalbox.js';

const ANSWER = { chunks: ['Hello', ' you'], inputTokens: 1000, outputTokens: 200 };
const ONE_ATTEMPT = ['request-start', 'decision-made', 'attempt-start 1', 'attempt-end 1', 'request-end'];

describe('stream', () => {
  it('gives the decision, the text as it comes, and the result', async () => {
    const { signalbox, recorder, eventNames } = createTestSignalbox({ first: [ANSWER] });
    const { decision, textStream, result } = signalbox.stream({ prompt: 'Hi' });
    expect((await decision).selected).toBe('fake/first');
    expect(await collect(textStream)).toEqual(['Hello', ' you']);
    expect(await result).toMatchObject({
      content: 'Hello you',
      target: 'fake/first',
      usage: { input: 1000, output: 200 },
      costNanoUsd: 1_800_000,
      finishReason: { unified: 'stop', raw: 'stop' },
      decisionId: 'decision-1',
    });
    expect(eventNames()).toEqual(ONE_ATTEMPT);
    expect(recorder.ofType('attempt-start')[0]?.stream).toBe(true);
  });

  it('needs nobody to read the text', async () => {
    const { signalbox, eventNames } = createTestSignalbox({ first: [ANSWER] });
    expect((await signalbox.stream({ prompt: 'Hi' }).result).content).toBe('Hello you');
    expect(eventNames()).toEqual(ONE_ATTEMPT);
  });

  it('measures the time to the first chunk and the end', async () => {
    const { provider, opened, write } = createControlledProvider();
    const { signalbox, clock, recorder } = createTestSignalboxOver(provider);
    const { textStream, result } = signalbox.stream({ prompt: 'Hi' });
    await vi.waitFor(() => expect(opened).toHaveLength(1));
    clock.advance(250);
    write(text('Hello'));
    await textStream[Symbol.asyncIterator]().next();
    clock.advance(750);
    write(finish(10, 30));
    expect((await result).latencyMs).toBe(1000);
    expect(recorder.ofType('attempt-end')[0]).toMatchObject({ durationMs: 1000, timeToFirstChunkMs: 250 });
    expect(recorder.ofType('request-end')[0]?.outcome.timeToFirstChunkMs).toBe(250);
  });

  it.each([
    ['throws', { error: apiError(503) }],
    ['breaks before its first content', { ...ANSWER, breakAfter: 0 }],
  ])('falls back unseen when a target %s', async (_name, failure) => {
    const { signalbox, recorder } = createTestSignalbox({ first: [failure], second: [ANSWER] });
    const { textStream, result } = signalbox.stream({ prompt: 'Hi' });
    expect(await collect(textStream)).toEqual(['Hello', ' you']);
    expect((await result).target).toBe('fake/second');
    expect(recorder.ofType('attempt-end').map(({ outcome }) => outcome.status)).toEqual([
      'failed',
      'succeeded',
    ]);
    expect(recorder.ofType('request-end')).toHaveLength(1);
  });

  it('errors, and tries nobody else, when the stream breaks after its first content', async () => {
    const { signalbox, recorder, calls, eventNames } = createTestSignalbox({
      first: [{ ...ANSWER, breakAfter: 1 }],
      second: [ANSWER],
    });
    const { textStream, result } = signalbox.stream({ prompt: 'Hi' });
    const seen: string[] = [];
    const reading = (async () => {
      for await (const chunk of textStream) seen.push(chunk);
    })();
    await expect(reading).rejects.toBeInstanceOf(StreamInterruptedError);
    await expect(result).rejects.toMatchObject({ cause: { message: 'The fake stream broke.' } });
    expect(seen).toEqual(['Hello']);
    expect(calls).toHaveLength(1);
    expect(eventNames()).toEqual(ONE_ATTEMPT);
    // Tokens were used, but the provider did not say how many.
    expect(recorder.ofType('request-end')[0]?.outcome).toMatchObject({
      status: 'failed',
      served: null,
      costNanoUsd: null,
      usage: { input: null, output: null },
    });
  });

  it('takes an end without a finish for a break', async () => {
    const { provider, opened, write } = createControlledProvider();
    const { signalbox, recorder } = createTestSignalboxOver(provider);
    const { result } = signalbox.stream({ prompt: 'Hi' });
    await vi.waitFor(() => expect(opened).toHaveLength(1));
    write(text('Hello'));
    opened[0]?.close();
    await expect(result).rejects.toBeInstanceOf(StreamInterruptedError);
    expect(recorder.ofType('attempt-end')[0]?.outcome).toMatchObject({
      status: 'failed',
      error: { type: 'server' },
    });
  });

  it('cancels the call when the reader leaves early', async () => {
    const { provider, cancelled, opened, write } = createControlledProvider();
    const { signalbox, recorder, eventNames } = createTestSignalboxOver(provider);
    const { textStream, result } = signalbox.stream({ prompt: 'Hi' });
    await vi.waitFor(() => expect(opened).toHaveLength(1));
    write(text('Hello'));
    for await (const _chunk of textStream) break;
    await expect(result).rejects.toMatchObject({ name: 'AbortError' });
    expect(cancelled).toHaveLength(1);
    expect(eventNames()).toEqual(ONE_ATTEMPT);
    expect(recorder.ofType('request-end')[0]?.outcome.status).toBe('cancelled');
  });

  it.each([
    ['before', []],
    ['after', [text('Hello')]],
  ])('ends as cancelled when the signal aborts %s the first content', async (_when, parts) => {
    const { provider, cancelled, opened, write } = createControlledProvider();
    const { signalbox, recorder, eventNames } = createTestSignalboxOver(provider);
    const controller = new AbortController();
    const { textStream, result } = signalbox.stream({ prompt: 'Hi', abortSignal: controller.signal });
    await vi.waitFor(() => expect(opened).toHaveLength(1));
    write(...parts);
    const reader = textStream[Symbol.asyncIterator]();
    for (const _part of parts) await reader.next();
    controller.abort(new Error('enough'));
    await expect(result).rejects.toThrow('enough');
    await expect(reader.next()).rejects.toThrow('enough');
    expect(cancelled).toHaveLength(1);
    expect(eventNames()).toEqual(ONE_ATTEMPT);
    expect(recorder.ofType('request-end')[0]?.outcome.status).toBe('cancelled');
  });

  it('puts every error into what it returns, and leaves none unhandled', async () => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    const { signalbox } = createTestSignalbox({});
    const request = { prompt: 'Hi', limits: { costUsd: 1e-9 }, maxOutputTokens: 1000 };
    const onlyText = signalbox.stream(request);
    await expect(collect(onlyText.textStream)).rejects.toBeInstanceOf(NoCandidateError);
    const onlyResult = signalbox.stream(request);
    await expect(onlyResult.result).rejects.toBeInstanceOf(NoCandidateError);
    const onlyDecision = signalbox.stream(request);
    await expect(onlyDecision.decision).rejects.toBeInstanceOf(NoCandidateError);
    signalbox.stream(request);
    signalbox.stream({} as never);
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });
});

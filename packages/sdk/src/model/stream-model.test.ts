import type { LanguageModelV4CallOptions, LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { StreamInterruptedError } from '@signalbox/spec';
import { streamText } from 'ai';
import { describe, expect, it, vi } from 'vitest';
import { apiError } from '../__fixtures__/api-error.js';
import { collect } from '../__fixtures__/collect.js';
import { createControlledProvider, finish, text } from '../__fixtures__/controlled-provider.js';
import { createTestSignalbox, createTestSignalboxOver } from '../__fixtures__/test-signalbox.js';

const ANSWER = { chunks: ['Hello', ' you'], inputTokens: 1000, outputTokens: 200 };
const ONE_ATTEMPT = ['request-start', 'decision-made', 'attempt-start 1', 'attempt-end 1', 'request-end'];
const CALL: LanguageModelV4CallOptions = {
  prompt: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
};

/** Opens a stream of which the first content, `Hello`, has come. */
const openControlled = async (call: Partial<LanguageModelV4CallOptions> = {}) => {
  const controlled = createControlledProvider();
  const box = createTestSignalboxOver(controlled.provider);
  const opening = box.signalbox.model().doStream({ ...CALL, ...call });
  await vi.waitFor(() => expect(controlled.opened).toHaveLength(1));
  controlled.write(text('Hello'));
  const { stream } = await opening;
  return { ...box, ...controlled, stream };
};

describe('model, streams', () => {
  it('serves streamText', async () => {
    const { signalbox, recorder, eventNames } = createTestSignalbox({ first: [ANSWER] });
    const result = streamText({ model: signalbox.model(), prompt: 'Hi', maxRetries: 0 });
    expect(await collect(result.textStream)).toEqual(['Hello', ' you']);
    expect(await result.usage).toMatchObject({ inputTokens: 1000, outputTokens: 200 });
    expect((await result.providerMetadata)?.signalbox).toMatchObject({
      decisionId: 'decision-1',
      target: 'fake/first',
    });
    expect(recorder.ofType('request-start')[0]?.request.needs).toEqual(['streaming']);
    expect(eventNames()).toEqual(ONE_ATTEMPT);
  });

  it('passes every part on as it is, but the finish', async () => {
    const { signalbox } = createTestSignalbox({ first: [ANSWER] });
    const { stream } = await signalbox.model().doStream(CALL);
    const parts = await collect(stream);
    expect(parts.map(({ type }) => type)).toEqual([
      'stream-start',
      'response-metadata',
      'text-start',
      'text-delta',
      'text-delta',
      'text-end',
      'finish',
    ]);
    expect(parts.at(-1)).toMatchObject({ providerMetadata: { signalbox: { costNanoUsd: 1_800_000 } } });
  });

  it('reports an answer without any content as a success', async () => {
    const { signalbox, recorder } = createTestSignalbox({ first: [{ ...ANSWER, chunks: [] }] });
    const { stream } = await signalbox.model().doStream(CALL);
    await collect(stream);
    expect(recorder.ofType('request-end')[0]?.outcome).toMatchObject({
      status: 'succeeded',
      timeToFirstChunkMs: null,
    });
  });

  it('falls back when an error part comes before the content', async () => {
    const controlled = createControlledProvider();
    const { signalbox, recorder } = createTestSignalboxOver(controlled.provider);
    const opening = signalbox.model().doStream(CALL);
    await vi.waitFor(() => expect(controlled.opened).toHaveLength(1));
    controlled.write({ type: 'stream-start', warnings: [] });
    controlled.write({ type: 'error', error: { type: 'overloaded_error', message: 'busy' } });
    await vi.waitFor(() => expect(controlled.opened).toHaveLength(2));
    expect(controlled.cancelled).toHaveLength(1);
    controlled.write(text('Hello'), finish(10, 1));
    const parts = await collect((await opening).stream);
    expect(parts.map(({ type }) => type)).toEqual(['text-delta', 'finish']);
    expect(recorder.ofType('attempt-end').map(({ outcome }) => outcome.error?.type)).toEqual([
      'overloaded',
      undefined,
    ]);
  });

  it.each<[string, (controller: ReadableStreamDefaultController<LanguageModelV4StreamPart>) => void]>([
    ['errors', (controller) => controller.error(new Error('cut'))],
    ['sends an error part', (controller) => controller.enqueue({ type: 'error', error: new Error('cut') })],
    [
      'finishes by an error',
      (controller) => controller.enqueue({ ...finish(1, 1), finishReason: { unified: 'error', raw: 'x' } }),
    ],
    ['just ends', (controller) => controller.close()],
  ])('sends an error part and no clean end when the provider %s after content', async (_name, breakOff) => {
    const { stream, opened, recorder, eventNames } = await openControlled();
    const [controller] = opened;
    if (controller) breakOff(controller);
    const parts = await collect(stream);
    expect(parts.map(({ type }) => type)).toEqual(['text-delta', 'error', 'finish']);
    expect(parts[1]).toMatchObject({ error: expect.any(StreamInterruptedError) });
    expect(parts[2]).toMatchObject({ finishReason: { unified: 'error' } });
    expect(eventNames()).toEqual(ONE_ATTEMPT);
    expect(recorder.ofType('request-end')[0]?.outcome.status).toBe('failed');
  });

  it('lets streamText see the break as an error', async () => {
    const { signalbox } = createTestSignalbox({ first: [{ ...ANSWER, breakAfter: 1 }] });
    const errors: unknown[] = [];
    const result = streamText({
      model: signalbox.model(),
      prompt: 'Hi',
      onError: ({ error }) => void errors.push(error),
    });
    await result.consumeStream();
    expect(errors).toEqual([expect.any(StreamInterruptedError)]);
    expect(await result.finishReason).toBe('error');
  });

  it('rejects before the stream begins when all targets fail', async () => {
    const { signalbox, recorder } = createTestSignalbox({
      first: [{ error: apiError(500) }],
      second: [{ error: apiError(500) }],
      third: [{ error: apiError(500) }],
    });
    await expect(signalbox.model().doStream(CALL)).rejects.toThrow('All 3 attempts failed');
    expect(recorder.ofType('request-end')).toHaveLength(1);
  });

  it('is reported as cancelled when the reader cancels', async () => {
    const { stream, cancelled, recorder, eventNames } = await openControlled();
    await stream.cancel('enough');
    expect(cancelled).toHaveLength(1);
    expect(eventNames()).toEqual(ONE_ATTEMPT);
    expect(recorder.ofType('request-end')[0]?.outcome).toMatchObject({
      status: 'cancelled',
      costNanoUsd: null,
      error: { type: 'cancelled', message: 'The caller stopped reading the stream.' },
    });
  });

  it('is reported when the provider is done, though nobody reads', async () => {
    const { write, recorder } = await openControlled();
    write(finish(10, 1));
    await vi.waitFor(() => expect(recorder.ofType('request-end')[0]?.outcome.status).toBe('succeeded'));
  });

  it('is reported when the signal aborts, though nobody reads', async () => {
    const controller = new AbortController();
    const { stream, cancelled, recorder } = await openControlled({ abortSignal: controller.signal });
    controller.abort(new Error('enough'));
    expect(recorder.ofType('request-end')[0]?.outcome.status).toBe('cancelled');
    expect(cancelled).toHaveLength(1);
    await expect(collect(stream)).rejects.toThrow('enough');
  });

  it('does not end twice when the signal aborts after the finish', async () => {
    const controller = new AbortController();
    const { stream, write, recorder } = await openControlled({ abortSignal: controller.signal });
    write(finish(10, 1));
    await collect(stream);
    controller.abort();
    expect(recorder.ofType('attempt-end')).toHaveLength(1);
    expect(recorder.ofType('request-end').map(({ outcome }) => outcome.status)).toEqual(['succeeded']);
  });
});

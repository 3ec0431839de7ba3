import { AllAttemptsFailedError, NoCandidateError } from '@signalbox/spec';
import { generateObject, generateText, stepCountIs, tool } from 'ai';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { apiError } from '../__fixtures__/api-error.js';
import { createTestSignalbox, createTestSignalboxOver } from '../__fixtures__/test-signalbox.js';
import { createToolProvider } from '../__fixtures__/tool-provider.js';

const ANSWER = { chunks: ['Hello', ' you'], inputTokens: 1000, outputTokens: 200 };

// generateObject is deprecated in AI SDK 7 and says so at every call; people still use it.
globalThis.AI_SDK_LOG_WARNINGS = false;

describe('model, whole answers', () => {
  it('serves generateText and puts the decision into the provider metadata', async () => {
    const { signalbox } = createTestSignalbox({ first: [ANSWER] });
    const { text, usage, providerMetadata } = await generateText({
      model: signalbox.model(),
      prompt: 'Hi',
      maxRetries: 0,
    });
    expect(text).toBe('Hello you');
    expect(usage).toMatchObject({ inputTokens: 1000, outputTokens: 200 });
    expect(providerMetadata?.signalbox).toEqual({
      decisionId: 'decision-1',
      target: 'fake/first',
      attempts: 1,
      costNanoUsd: 1_800_000,
    });
  });

  it('routes with the options that it was made with', async () => {
    const { signalbox, recorder } = createTestSignalbox({ second: [ANSWER] });
    await generateText({
      model: signalbox.model({ tenant: 't', userId: 'u', source: 's', model: 'second' }),
      prompt: 'Hi',
      maxOutputTokens: 77,
    });
    expect(recorder.ofType('request-start')[0]?.request).toMatchObject({
      prompt: 'Hi',
      tenant: 't',
      userId: 'u',
      source: 's',
      model: 'second',
      maxOutputTokens: 77,
    });
  });

  it('hands the options of the call to the target', async () => {
    const { signalbox, calls } = createTestSignalbox({ first: [ANSWER] });
    const controller = new AbortController();
    await generateText({
      model: signalbox.model(),
      prompt: 'Hi',
      headers: { 'x-trace': 't' },
      providerOptions: { fake: { tier: 'fast' } },
      stopSequences: ['END'],
      topP: 0.3,
      seed: 7,
      abortSignal: controller.signal,
    });
    expect(calls[0]?.options).toMatchObject({
      headers: { 'x-trace': 't' },
      providerOptions: { fake: { tier: 'fast' } },
      stopSequences: ['END'],
      topP: 0.3,
      seed: 7,
    });
    expect(calls[0]?.options.abortSignal).toBeDefined();
  });

  it('serves generateObject and needs JSON for it', async () => {
    const { signalbox, recorder } = createTestSignalbox({
      first: [{ ...ANSWER, chunks: ['{"city":"Bern"}'] }],
    });
    const { object } = await generateObject({
      model: signalbox.model(),
      schema: z.object({ city: z.string() }),
      prompt: 'Capital of Switzerland?',
    });
    expect(object).toEqual({ city: 'Bern' });
    expect(recorder.ofType('request-start')[0]?.request.needs).toEqual(['json']);
  });

  it('serves a tool loop, one decision for each step', async () => {
    const { signalbox, recorder } = createTestSignalboxOver(createToolProvider());
    const { text, steps } = await generateText({
      model: signalbox.model(),
      prompt: 'Weather in Bern?',
      tools: {
        weather: tool({
          inputSchema: z.object({ city: z.string() }),
          execute: async ({ city }) => ({ city, sky: 'clear' }),
        }),
      },
      stopWhen: stepCountIs(3),
    });
    expect(text).toBe('It is clear.');
    expect(steps).toHaveLength(2);
    expect(recorder.ofType('request-start').map(({ request }) => request.needs)).toEqual([
      ['tools'],
      ['tools'],
    ]);
    expect(recorder.ofType('request-end').map(({ outcome }) => outcome.status)).toEqual([
      'succeeded',
      'succeeded',
    ]);
  });

  it('fails with an error that the AI SDK does not retry, the provider’s own as cause', async () => {
    const own = apiError(500);
    const { signalbox, calls } = createTestSignalbox({
      first: [{ error: own }],
      second: [{ error: own }],
      third: [{ error: own }],
    });
    // The AI SDK's default of 2 retries is left on: it must not multiply the attempts.
    const failed = generateText({ model: signalbox.model(), prompt: 'Hi' });
    await expect(failed).rejects.toBeInstanceOf(AllAttemptsFailedError);
    await expect(failed).rejects.toMatchObject({ cause: own });
    expect(calls).toHaveLength(3);
  });

  it('takes an answer that ended in an error for a failure', async () => {
    const provider = {
      languageModel: (modelId: string) => ({
        specificationVersion: 'v4',
        doGenerate: async () => ({
          content: [],
          finishReason: { unified: modelId === 'first' ? 'error' : 'stop', raw: undefined },
          usage: {
            inputTokens: { total: 5 },
            outputTokens: { total: 0 },
          },
          warnings: [],
        }),
      }),
    };
    const { signalbox, recorder } = createTestSignalboxOver(provider);
    await signalbox.chat({ prompt: 'Hi' });
    const [failed, served] = recorder.ofType('attempt-end').map(({ outcome }) => outcome);
    expect(failed).toMatchObject({ status: 'failed', usage: { input: 5 }, error: { type: 'server' } });
    expect(served?.status).toBe('succeeded');
    expect(recorder.ofType('request-end')[0]?.outcome.usage.input).toBe(10);
  });

  it('rejects with NoCandidateError when no target can do what the call needs', async () => {
    const { signalbox } = createTestSignalbox({});
    const failed = generateText({
      model: signalbox.model(),
      messages: [
        {
          role: 'user',
          content: [{ type: 'file', mediaType: 'image/png', data: new Uint8Array([137, 80, 78, 71]) }],
        },
      ],
    });
    await expect(failed).rejects.toBeInstanceOf(NoCandidateError);
  });
});

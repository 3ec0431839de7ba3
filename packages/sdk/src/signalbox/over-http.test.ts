import {
  type Incident,
  promptOfTokens,
  type RunningSimulator,
  type StartSimulatorOptions,
  startSimulator,
} from '@signalbox/simulator';
import type { SignalboxConfig } from '@signalbox/spec';
import { createEventRecorder } from '@signalbox/spec/testing';
import { generateText, streamText } from 'ai';
import { afterEach, describe, expect, it } from 'vitest';
import { collect } from '../__fixtures__/collect.js';
import { createSignalbox } from './create-signalbox.js';

const FAST = { firstTokenMs: { median: 1, p95: 2 }, tokensPerSecond: 100_000 };
const MODELS = {
  large: { ...FAST, ownedBy: 'acme', cachedShare: 0.5 },
  small: { ...FAST, ownedBy: 'other' },
};

const incident = (fault: object): Incident =>
  ({ id: '1', model: 'acme', share: 1, atMs: 0, forMs: null, ...fault }) as Incident;

let simulator: RunningSimulator | undefined;

const start = async (options: StartSimulatorOptions = {}, baseUrls: Record<string, string> = {}) => {
  simulator = await startSimulator({ models: MODELS, ...options });
  const endpoint = (name: string) => ({
    type: 'openai-compatible' as const,
    baseUrl: baseUrls[name] ?? `${simulator?.url}/${name}/v1`,
  });
  const config: SignalboxConfig = {
    providers: { acme: endpoint('acme'), other: endpoint('other') },
    targets: [
      { id: 'acme/large', quality: 0.9, price: { input: 2, output: 8, cacheRead: 0.2 } },
      { id: 'other/small', quality: 0.5, price: { input: 0.1, output: 0.4 } },
    ],
    policy: { strategy: 'quality-optimal' },
    telemetry: { enabled: false },
  };
  const recorder = createEventRecorder();
  return { signalbox: createSignalbox(config, { listeners: [recorder.listener] }), recorder };
};

const HEADERS = { 'x-simulator-output-tokens': '40' };
const PROMPT = promptOfTokens(200, 'one', 'Say');
const COST = 100 * 2000 + 100 * 200 + 40 * 8000;

describe('over HTTP', () => {
  afterEach(async () => {
    await simulator?.close();
  });

  it('counts tokens and cost to the last one, cached tokens included', async () => {
    const { signalbox } = await start();
    const result = await signalbox.chat({ prompt: PROMPT, headers: HEADERS });
    expect(result).toMatchObject({
      target: 'acme/large',
      usage: { input: 200, output: 40, cacheRead: 100, cacheWrite: null },
      costNanoUsd: COST,
      finishReason: { unified: 'stop', raw: 'stop' },
    });
    expect(result.content).toHaveLength(160);
  });

  it('counts the same for a stream', async () => {
    const { signalbox, recorder } = await start();
    const { textStream, result } = signalbox.stream({ prompt: PROMPT, headers: HEADERS });
    const chunks = await collect(textStream);
    expect(chunks.join('')).toHaveLength(160);
    expect(await result).toMatchObject({ usage: { input: 200, output: 40 }, costNanoUsd: COST });
    const [end] = recorder.ofType('attempt-end');
    expect(end?.timeToFirstChunkMs).toBeGreaterThan(0);
    expect(end?.timeToFirstChunkMs).toBeLessThanOrEqual(end?.durationMs ?? 0);
  });

  it('serves generateText and streamText', async () => {
    const { signalbox } = await start();
    const whole = await generateText({ model: signalbox.model(), prompt: PROMPT, headers: HEADERS });
    expect(whole.usage).toMatchObject({ inputTokens: 200, outputTokens: 40 });
    const streamed = streamText({ model: signalbox.model(), prompt: PROMPT, headers: HEADERS });
    expect(await streamed.text).toHaveLength(160);
    expect(await streamed.usage).toMatchObject({ inputTokens: 200, outputTokens: 40 });
  });

  it.each([
    ['outage', incident({ kind: 'outage' }), { type: 'overloaded', status: 503 }],
    [
      'rate limit',
      incident({ kind: 'rate-limit', retryAfterSeconds: 1 }),
      { type: 'rate-limit', status: 429 },
    ],
    ['cut before the first token', incident({ kind: 'cut-stream', afterTokens: 0 }), { type: 'network' }],
  ])('falls back on %s, streamed and not', async (_name, fault, error) => {
    const { signalbox, recorder } = await start({ timeline: [fault] });
    const whole = await signalbox.chat({ prompt: PROMPT, headers: HEADERS });
    const streamed = await signalbox.stream({ prompt: PROMPT, headers: HEADERS }).result;
    expect([whole.target, streamed.target]).toEqual(['other/small', 'other/small']);
    for (const failed of recorder.ofType('attempt-end').filter(({ attempt }) => attempt === 1)) {
      expect(failed.outcome).toMatchObject({ status: 'failed', error });
    }
  });

  it('falls back when the first target does not know its model', async () => {
    const { signalbox, recorder } = await start({ providers: ['acme'], models: { small: MODELS.small } });
    await signalbox.chat({ prompt: PROMPT, headers: HEADERS });
    expect(recorder.ofType('attempt-end')[0]?.outcome.error).toMatchObject({
      type: 'invalid-request',
      status: 404,
    });
  });

  it('falls back when nobody listens at the first target', async () => {
    const gone = await startSimulator();
    await gone.close();
    const { signalbox, recorder } = await start({}, { acme: `${gone.url}/acme/v1` });
    const { target } = await signalbox.chat({ prompt: PROMPT, headers: HEADERS });
    expect(target).toBe('other/small');
    expect(recorder.ofType('attempt-end')[0]?.outcome.error).toMatchObject({ type: 'network', status: null });
  });

  it('errors when the connection breaks in the middle of a stream', async () => {
    const { signalbox, recorder } = await start({
      timeline: [incident({ kind: 'cut-stream', afterTokens: 20 })],
    });
    const { textStream, result } = signalbox.stream({ prompt: PROMPT, headers: HEADERS });
    await expect(collect(textStream)).rejects.toMatchObject({ code: 'stream-interrupted' });
    await expect(result).rejects.toMatchObject({ code: 'stream-interrupted' });
    expect(recorder.ofType('request-end')[0]?.outcome).toMatchObject({
      status: 'failed',
      attempts: 1,
      costNanoUsd: null,
    });
  });

  it('lets go of a provider that hangs when the caller aborts', async () => {
    const { signalbox, recorder } = await start({ timeline: [incident({ kind: 'hang' })] });
    const controller = new AbortController();
    const hanging = signalbox.chat({ prompt: PROMPT, abortSignal: controller.signal });
    await expect.poll(() => simulator?.stats().total.inFlight).toBe(1);
    controller.abort(new Error('enough'));
    await expect(hanging).rejects.toThrow('enough');
    await expect.poll(() => simulator?.stats().total.abandoned).toBe(1);
    expect(recorder.ofType('request-end')[0]?.outcome.status).toBe('cancelled');
  });
});

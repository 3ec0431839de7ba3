import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { createFakeProvider, type FakeAnswer } from '@signalbox/spec/testing';
import { generateText } from 'ai';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { apiError } from '../__fixtures__/api-error.js';
import { configFor } from '../__fixtures__/test-signalbox.js';
import { createSignalbox } from './create-signalbox.js';

const exporter = new InMemorySpanExporter();
const tracerProvider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
const ANSWER = { chunks: ['Hello', ' you'], inputTokens: 1000, outputTokens: 200 };

const create = (script: Record<string, readonly FakeAnswer[]>, enabled = true) =>
  createSignalbox({ ...configFor(createFakeProvider(script).provider), telemetry: { enabled } });

describe('telemetry', () => {
  trace.setGlobalTracerProvider(tracerProvider);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  beforeEach(() => exporter.reset());
  afterAll(async () => {
    trace.disable();
    context.disable();
    await tracerProvider.shutdown();
  });

  it('writes one route span with one chat span for each attempt below it', async () => {
    const signalbox = create({ first: [{ error: apiError(503) }], second: [ANSWER] });
    const { decisionId } = await signalbox.chat({ prompt: 'Hi' });
    const spans = exporter.getFinishedSpans();
    expect(spans.map(({ name }) => name)).toEqual(['chat first', 'chat second', 'route default']);
    const route = spans[2];
    expect(route?.attributes).toMatchObject({
      'signalbox.decision.id': decisionId,
      'signalbox.outcome': 'succeeded',
      'signalbox.attempts': 2,
      'signalbox.selected.target': 'fake/first',
      'signalbox.served.target': 'fake/second',
      'signalbox.tokens.input': 1000,
      'signalbox.cost.nano_usd': 1_800_000,
    });
    const parents = spans.slice(0, 2).map(({ parentSpanContext }) => parentSpanContext?.spanId);
    expect(parents).toEqual([route?.spanContext().spanId, route?.spanContext().spanId]);
    expect(signalbox.listenerErrors()).toBe(0);
  });

  it.each<[string, (signalbox: ReturnType<typeof create>) => Promise<unknown>]>([
    ['a stream', (signalbox) => signalbox.stream({ prompt: 'Hi' }).result],
    [
      'an abandoned stream',
      async (signalbox) => {
        for await (const _text of signalbox.stream({ prompt: 'Hi' }).textStream) break;
      },
    ],
    [
      'decide and record',
      async (signalbox) => {
        const handle = await signalbox.decide({ prompt: 'Hi' });
        handle.record({ success: true });
        handle.record({ success: true });
      },
    ],
  ])('ends every span exactly once for %s', async (_name, use) => {
    const signalbox = create({ first: [ANSWER] });
    await use(signalbox);
    await expect
      .poll(() => exporter.getFinishedSpans().map(({ name }) => name))
      .toEqual(['chat first', 'route default']);
  });

  it.each<[string, (signalbox: ReturnType<typeof create>) => Promise<unknown>]>([
    ['chat', (signalbox) => signalbox.chat({ prompt: 'Hi' })],
    ['stream', (signalbox) => signalbox.stream({ prompt: 'Hi' }).result],
    ['model', (signalbox) => generateText({ model: signalbox.model(), prompt: 'Hi' })],
    ['decide', async (signalbox) => (await signalbox.decide({ prompt: 'Hi' })).record({ success: true })],
  ])('puts the route span of %s below the span of the caller, which it does not end', async (_name, use) => {
    const caller = tracerProvider.getTracer('caller').startSpan('caller');
    await context.with(trace.setSpan(context.active(), caller), () => use(create({ first: [ANSWER] })));
    const route = exporter.getFinishedSpans().find(({ name }) => name === 'route default');
    expect(route?.parentSpanContext?.spanId).toBe(caller.spanContext().spanId);
    expect(caller.isRecording()).toBe(true);
    caller.end();
  });

  it('keeps the prompt and the answer out of the spans', async () => {
    await create({
      first: [{ error: apiError(500, { message: 'cannot answer secret-prompt' }) }],
      second: [ANSWER],
    }).chat({
      prompt: 'secret-prompt',
    });
    const text = JSON.stringify(
      exporter.getFinishedSpans().map(({ attributes, events, status }) => ({ attributes, events, status })),
    );
    expect(text).not.toContain('secret-prompt');
    expect(text).not.toContain('Hello');
  });

  it('writes nothing when it is switched off', async () => {
    await create({ first: [ANSWER] }, false).chat({ prompt: 'Hi' });
    expect(exporter.getFinishedSpans()).toEqual([]);
  });
});

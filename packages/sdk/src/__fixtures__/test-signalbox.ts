import type { Listener, SignalboxConfig } from '@signalbox/spec';
import {
  createEventRecorder,
  createFakeProvider,
  createManualClock,
  createSeededRandom,
  type FakeAnswer,
} from '@signalbox/spec/testing';
import { createSignalbox } from '../signalbox/create-signalbox.js';

const target = (model: string, rank: number) => ({
  id: `fake/${model}`,
  price: { input: 1, output: 4, cacheRead: 0.1 },
  contextTokens: 100_000,
  capabilities: ['streaming', 'json', 'tools'] as ('streaming' | 'json' | 'tools')[],
  quality: 0.9 - rank / 10,
  latency: { firstChunkMs: 100, tokensPerSecond: 100 },
});

/** Three targets of one provider, `first`, `second` and `third`, that are chosen and fall back in this order. */
export const configFor = (provider: object): SignalboxConfig => ({
  providers: { fake: provider as never },
  targets: [target('first', 0), target('second', 1), target('third', 2)],
  policy: { strategy: 'quality-optimal' },
  telemetry: { enabled: false },
});

/** A Signalbox over scripted models, with everything that is handed in, and the events that it sent. */
export const createTestSignalbox = (
  script: Record<string, readonly FakeAnswer[]>,
  options: { config?: Partial<SignalboxConfig>; listeners?: Listener[] } = {},
) => {
  const provider = createFakeProvider(script);
  return { ...createTestSignalboxOver(provider.provider, options), calls: provider.calls };
};

/** The same over a provider of the test's own. */
export const createTestSignalboxOver = (
  provider: object,
  options: { config?: Partial<SignalboxConfig>; listeners?: Listener[] } = {},
) => {
  const recorder = createEventRecorder();
  const clock = createManualClock();
  let ids = 0;
  const signalbox = createSignalbox(
    { ...configFor(provider), ...options.config },
    {
      listeners: [...(options.listeners ?? []), recorder.listener],
      clock,
      random: createSeededRandom(1),
      newId: () => {
        ids += 1;
        return `decision-${ids}`;
      },
    },
  );
  /** The types of all events so far, attempts with their number. */
  const eventNames = (): string[] =>
    recorder.events.map((event) => ('attempt' in event ? `${event.type} ${event.attempt}` : event.type));
  return { signalbox, clock, recorder, eventNames };
};

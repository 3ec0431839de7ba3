import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PriceBook, SignalboxConfig } from '@signalbox/spec';
import { createEventRecorder, createFakeProvider } from '@signalbox/spec/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSignalbox } from './create-signalbox.js';

let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'signalbox-sdk-'));
  file = join(folder, 'prices.yaml');
  writeFileSync(file, 'version: mine\nprices: [{ provider: openai, model: gpt-5, input: 7, output: 0 }]\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

const ANSWER = { chunks: ['ok'], inputTokens: 1000, outputTokens: 500 };

const outcomesWith = async (config: Partial<SignalboxConfig>, priceBook?: PriceBook) => {
  const { provider } = createFakeProvider({ 'gpt-5': [ANSWER] });
  const recorder = createEventRecorder();
  const signalbox = createSignalbox(
    {
      providers: { openai: provider as never },
      targets: [{ id: 'openai/gpt-5' }],
      telemetry: { enabled: false },
      ...config,
    },
    { listeners: [recorder.listener], priceBook },
  );
  await signalbox.chat({ prompt: 'hello' });
  return [...recorder.ofType('attempt-end'), ...recorder.ofType('request-end')].map(({ outcome }) => outcome);
};

describe('the price of a call', () => {
  it('comes from the catalogue when nothing else names one', async () => {
    const expected = { costNanoUsd: 6_250_000, costSource: 'package', priceVersion: 'genai-prices@0.1.8' };
    expect(await outcomesWith({})).toMatchObject([expected, expected]);
  });

  it('comes from the target before the catalogue', async () => {
    const targets = [{ id: 'openai/gpt-5', price: { input: 1, output: 0 } }];
    const expected = { costNanoUsd: 1_000_000, costSource: 'config' };
    expect(await outcomesWith({ targets })).toMatchObject([expected, expected]);
  });

  it('comes from the price file before everything', async () => {
    const targets = [{ id: 'openai/gpt-5', price: { input: 1, output: 0 } }];
    const expected = { costNanoUsd: 7_000_000, costSource: 'override', priceVersion: 'mine' };
    expect(await outcomesWith({ targets, prices: { file } })).toMatchObject([expected, expected]);
  });

  it('is unknown when the price book does not know it', async () => {
    const ignorant: PriceBook = { models: () => [], priceOf: () => null, timelineOf: () => [] };
    const expected = { costNanoUsd: null, costSource: null, priceVersion: null };
    expect(await outcomesWith({}, ignorant)).toMatchObject([expected, expected]);
  });
});

import { ConfigInvalidError, ProviderMissingError, type SignalboxConfig } from '@signalbox/spec';
import { createFakeProvider } from '@signalbox/spec/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { configFor, createTestSignalbox } from '../__fixtures__/test-signalbox.js';
import { createSignalbox } from './create-signalbox.js';

const { provider } = createFakeProvider({});
const endpoint = { type: 'openai-compatible' as const, baseUrl: 'http://127.0.0.1:9/v1' };

const issuesOf = (config: SignalboxConfig) => {
  try {
    createSignalbox(config);
  } catch (error) {
    if (error instanceof ConfigInvalidError) return error.issues;
    throw error;
  }
  return [];
};

describe('createSignalbox', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('compiles the policy', () => {
    const { policy } = createSignalbox(configFor(provider));
    expect(policy.version).toMatch(/^[0-9a-f]{16}$/);
    expect(policy.targets.map(({ id }) => id)).toEqual(['fake/first', 'fake/second', 'fake/third']);
  });

  it('needs a target', () => {
    expect(issuesOf({})).toEqual([{ path: 'targets', message: 'must have at least one target' }]);
  });

  it('names the path of a bad field', () => {
    const config = { ...configFor(provider), policy: { exploration: 2 } };
    expect(issuesOf(config).map(({ path }) => path)).toEqual(['policy.exploration']);
  });

  it('misses the provider of a target at once', () => {
    expect(() =>
      createSignalbox({ targets: [{ id: 'openai/gpt' }], providers: { other: endpoint } }),
    ).toThrow(ProviderMissingError);
  });

  it('misses the API key of a provider that is used', () => {
    const config: SignalboxConfig = {
      providers: { openai: { ...endpoint, apiKeyEnv: 'SIGNALBOX_TEST_KEY' } },
      targets: [{ id: 'openai/gpt' }],
    };
    expect(issuesOf(config)).toEqual([
      {
        path: 'providers.openai.apiKeyEnv',
        message: 'names the environment variable SIGNALBOX_TEST_KEY, which is not set',
      },
    ]);
    vi.stubEnv('SIGNALBOX_TEST_KEY', 'key');
    expect(issuesOf(config)).toEqual([]);
  });

  it('lets a provider be that no target uses', () => {
    const unused = { ...endpoint, apiKeyEnv: 'SIGNALBOX_TEST_KEY' };
    expect(issuesOf({ ...configFor(provider), providers: { fake: provider, unused } })).toEqual([]);
  });

  it('refuses a provider of another generation of the AI SDK', () => {
    const old = { languageModel: () => ({ specificationVersion: 'v2' }) };
    expect(issuesOf(configFor(old))).toEqual([
      {
        path: 'targets[0]',
        message: 'needs a provider of AI SDK 7 (LanguageModelV4), which "fake" is not',
      },
    ]);
  });

  it('says which target a provider refuses', () => {
    const refusing = {
      languageModel: () => {
        throw new Error('no such model');
      },
    };
    expect(issuesOf(configFor(refusing))[0]).toEqual({
      path: 'targets[0]',
      message: 'is refused by the provider: no such model',
    });
  });

  it('gives every request a UUIDv7 by default', async () => {
    const signalbox = createSignalbox(configFor(provider));
    const { id } = await signalbox.decide({ prompt: 'Hi' });
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('numbers the requests of all instances with telemetry by one counter', async () => {
    const sequences: number[] = [];
    const create = () =>
      createSignalbox(
        { ...configFor(provider), telemetry: { enabled: true } },
        { listeners: [{ onRequestStart: ({ sequence }) => void sequences.push(sequence) }] },
      );
    const [one, other] = [create(), create()];
    await one.decide({ prompt: 'Hi' });
    await other.decide({ prompt: 'Hi' });
    await createTestSignalbox({}).signalbox.decide({ prompt: 'Hi' });
    await one.decide({ prompt: 'Hi' });
    const [first = 0] = sequences;
    expect(sequences).toEqual([first, first + 1, first + 2]);
  });
});

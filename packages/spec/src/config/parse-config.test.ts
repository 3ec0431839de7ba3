import { describe, expect, it } from 'vitest';
import { ConfigInvalidError } from '../errors/config-invalid-error.js';
import { parseConfig } from './parse-config.js';

const target = { id: 'openai/gpt-5-mini', price: { input: 0.25, output: 2 } };

const issuesOf = (config: unknown) => {
  try {
    parseConfig(config, 'signalbox.config.yaml');
  } catch (error) {
    if (error instanceof ConfigInvalidError) return error.issues;
    throw error;
  }
  return [];
};

describe('parseConfig', () => {
  it('fills in every default of an empty configuration', () => {
    const config = parseConfig({});
    expect(config.tenant).toBe('default');
    expect(config.policy).toMatchObject({ name: 'default', strategy: 'balanced', exploration: 0 });
    expect(config.policy.fallback).toEqual({ maxModels: 3, chain: [] });
    expect(config.collector.httpPort).toBe(4318);
    expect(config.clickhouse.database).toBe('signalbox');
  });

  it('turns prices into integer nano-USD per million tokens', () => {
    const price = { input: 0.25, output: 2, cacheRead: 0.0028 };
    const [parsed] = parseConfig({ targets: [{ ...target, price }] }).targets;
    expect(parsed?.price).toEqual({
      input: 250_000_000,
      output: 2_000_000_000,
      cacheRead: 2_800_000,
      cacheWrite: null,
      reasoning: null,
    });
  });

  it('keeps an unknown price, context and quality unknown', () => {
    const [parsed] = parseConfig({ targets: [{ id: 'local/llama' }] }).targets;
    expect(parsed).toMatchObject({ price: null, contextTokens: null, quality: null, latency: null });
  });

  it('splits the id at its first slash, so that a model name may hold slashes', () => {
    const [parsed] = parseConfig({ targets: [{ id: 'openrouter/meta/llama-4' }] }).targets;
    expect(parsed).toMatchObject({ provider: 'openrouter', model: 'meta/llama-4' });
  });

  it('accepts an AI SDK provider as it is', () => {
    const provider = Object.assign(() => undefined, { languageModel: () => ({}) });
    expect(parseConfig({ providers: { openai: provider } }).providers.openai).toBe(provider);
  });

  it.each([
    ['an unknown field', { zebra: 1 }, 'zebra', 'is not a known field'],
    ['an unknown nested field', { policy: { speed: 1 } }, 'policy.speed', 'is not a known field'],
    [
      'a wrong enum with the allowed values',
      { policy: { overrides: 'maybe' } },
      'policy.overrides',
      '"allow"|"deny"',
    ],
    ['an id without provider', { targets: [{ id: 'gpt' }] }, 'targets[0].id', 'provider/model'],
    [
      'a negative price',
      { targets: [{ ...target, price: { input: -1, output: 1 } }] },
      'targets[0].price.input',
      '>=0',
    ],
    [
      'a missing price',
      { targets: [{ ...target, price: { input: 1 } }] },
      'targets[0].price.output',
      'number',
    ],
    ['a target twice', { targets: [target, target] }, 'targets[1].id', 'already taken'],
    [
      'a bad base URL',
      { providers: { a: { type: 'openai-compatible', baseUrl: 'ftp://x' } } },
      'providers.a.baseUrl',
      'URL',
    ],
    ['a provider of a wrong kind', { providers: { a: 3 } }, 'providers.a', 'expected'],
    [
      'a fallback to nowhere',
      { targets: [target], policy: { fallback: { chain: ['x/y'] } } },
      'policy.fallback.chain[0]',
      'not a target',
    ],
    [
      'a route to nowhere',
      { policy: { routes: [{ name: 'r', prefer: ['x/y'] }] } },
      'policy.routes[0].prefer[0]',
      'not a target',
    ],
    [
      'a database name that is no identifier',
      { clickhouse: { database: 'a; DROP' } },
      'clickhouse.database',
      'identifier',
    ],
    ['no object', null, '', 'expected object'],
  ])('names the path of %s', (_what, config, path, message) => {
    expect(issuesOf(config)).toContainEqual({ path, message: expect.stringContaining(message) });
  });

  it('reports every bad field in one error, with the file', () => {
    expect(() => parseConfig({ tenant: '', policy: { exploration: 2 } }, 'my.yaml')).toThrow(
      /my\.yaml has 2 bad fields:\n {2}tenant: .+\n {2}policy\.exploration: /,
    );
  });
});

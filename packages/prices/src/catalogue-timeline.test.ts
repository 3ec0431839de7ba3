import { readFileSync } from 'node:fs';
import { calcPrice, findProvider } from '@pydantic/genai-prices';
import { costNanoUsd } from '@signalbox/router';
import { describe, expect, it } from 'vitest';
import { CATALOGUE_VERSION, catalogueTimeline } from './catalogue-timeline.js';
import { periodAt } from './timeline.js';

const AT = new Date('2026-11-21T12:00:00Z');
const priceOf = (provider: string, model: string, at = AT) =>
  periodAt(catalogueTimeline({ provider, model }) ?? [], at).resolved?.price ?? null;
const usage = (input: number, cacheRead: number, output: number) => ({
  input,
  output,
  cacheRead,
  cacheWrite: 0,
  reasoning: null,
});

describe('the catalogue', () => {
  it('has the version of the dependency', () => {
    const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    expect(CATALOGUE_VERSION).toBe(`genai-prices@${manifest.dependencies['@pydantic/genai-prices']}`);
  });

  it('prices 1000 tokens of which 200 were cached, and 500 of output, by gpt-5 at 0.006025 USD', () => {
    expect(costNanoUsd(usage(1000, 200, 500), priceOf('openai', 'gpt-5'))).toBe(6_025_000);
  });

  it('gives a price that changed its two periods', () => {
    const before = priceOf('openai', 'o3', new Date('2025-06-09T23:59:59Z'));
    const after = priceOf('openai', 'o3', new Date('2025-06-10T00:00:00Z'));
    expect([before?.input, after?.input]).toEqual([10_000_000_000, 2_000_000_000]);
  });

  it.each([
    ['google', 'gemini-2.5-pro'],
    ['openai', 'gpt-5.6-sol'],
    ['x-ai', 'grok-4.3'],
    ['anthropic', 'claude-opus-4-6'],
    ['google', 'gemini-1.5-flash'],
  ])('prices %s %s as the package does, around every tier', (provider, model) => {
    for (const at of [AT, new Date('2026-01-15')]) {
      const price = priceOf(provider, model, at);
      const thresholds = price?.tiers?.map(({ aboveInputTokens }) => aboveInputTokens) ?? [];
      for (const input of [1000, ...thresholds.flatMap((above) => [above, above + 1, above * 3])]) {
        const expected = calcPrice(
          { input_tokens: input, cache_read_tokens: 500, output_tokens: 700 },
          model,
          { providerId: provider, timestamp: at },
        );
        expect(costNanoUsd(usage(input, 500, 700), price)).toBe(
          Math.round((expected?.total_price ?? 0) * 1e9),
        );
      }
    }
  });

  it.each([
    ['a model that it lacks', 'openai', 'no-such-model'],
    ['a provider that it lacks', 'local', 'gpt-5'],
    ['a provider whose name only contains a known one', 'my-openai-proxy', 'gpt-5'],
    ['a price by the time of day', 'deepseek', 'deepseek-chat'],
    ['a price that is also by the call', 'perplexity', 'sonar-pro'],
    ['a price without output', 'openai', 'text-embedding-3-small'],
  ])('knows no price of %s', (_, provider, model) => {
    expect(priceOf(provider, model)).toBeNull();
  });

  it.each([
    ['xai', 'x-ai', 'grok-4.3'],
    ['amazon-bedrock', 'aws', 'amazon.nova-pro-v1:0'],
    ['gemini', 'google', 'gemini-2.5-pro'],
    ['gcp.gemini', 'google', 'gemini-2.5-pro'],
    ['mistral_ai', 'mistral', 'mistral-large-2512'],
  ])('knows %s as %s', (key, id, model) => {
    expect(priceOf(key, model)).not.toBeNull();
    expect(priceOf(key, model)).toEqual(priceOf(id, model));
  });

  it.each(['openai', 'anthropic', 'google', 'mistral', 'openrouter', 'azure', 'aws', 'groq'])(
    'gives every price of %s as safe integers, unknown at worst',
    (provider) => {
      const models = findProvider({ providerId: provider })?.models ?? [];
      const rates = models
        .flatMap(({ id }) => catalogueTimeline({ provider, model: id }) ?? [])
        .flatMap(({ resolved }) => (resolved ? [resolved.price, ...(resolved.price.tiers ?? [])] : []))
        .flatMap(({ input, output, cacheRead, cacheWrite, reasoning }) => [
          input,
          output,
          cacheRead,
          cacheWrite,
          reasoning,
        ]);
      expect(rates.length).toBeGreaterThan(10);
      expect(rates.filter((rate) => rate !== null && !(Number.isSafeInteger(rate) && rate >= 0))).toEqual([]);
    },
  );
});

import type { SignalboxConfig } from '@signalbox/spec';

// List prices in USD per million tokens and context sizes as published by the vendors (models.dev, July 2026). Quality
// and speed are round figures for a demonstration, not measurements: replace them by your own evaluation.
type DemoTarget = Exclude<NonNullable<SignalboxConfig['targets']>[number], string>;

/** The targets of the demo: three tiers over four providers. The simulator plays them with the same speeds. */
export const DEMO_TARGETS: readonly (DemoTarget & {
  latency: { firstChunkMs: number; tokensPerSecond: number };
})[] = [
  {
    id: 'openai/gpt-5-nano',
    price: { input: 0.05, output: 0.4, cacheRead: 0.005 },
    contextTokens: 400_000,
    capabilities: ['streaming', 'json', 'tools', 'vision'],
    quality: 0.62,
    latency: { firstChunkMs: 350, tokensPerSecond: 180 },
  },
  {
    id: 'openai/gpt-5-mini',
    price: { input: 0.25, output: 2, cacheRead: 0.025 },
    contextTokens: 400_000,
    capabilities: ['streaming', 'json', 'tools', 'vision'],
    quality: 0.76,
    latency: { firstChunkMs: 450, tokensPerSecond: 120 },
  },
  {
    id: 'openai/gpt-5.2',
    price: { input: 1.75, output: 14, cacheRead: 0.175 },
    contextTokens: 400_000,
    capabilities: ['streaming', 'json', 'tools', 'vision'],
    quality: 0.92,
    latency: { firstChunkMs: 900, tokensPerSecond: 70 },
  },
  {
    id: 'anthropic/claude-haiku-4-5',
    price: { input: 1, output: 5, cacheRead: 0.1, cacheWrite: 1.25 },
    contextTokens: 200_000,
    capabilities: ['streaming', 'json', 'tools', 'vision'],
    quality: 0.78,
    latency: { firstChunkMs: 400, tokensPerSecond: 150 },
  },
  {
    id: 'anthropic/claude-sonnet-4-6',
    price: { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75 },
    contextTokens: 1_000_000,
    capabilities: ['streaming', 'json', 'tools', 'vision'],
    quality: 0.93,
    latency: { firstChunkMs: 700, tokensPerSecond: 80 },
  },
  {
    id: 'google/gemini-3.1-flash-lite',
    price: { input: 0.25, output: 1.5, cacheRead: 0.025 },
    contextTokens: 1_048_576,
    capabilities: ['streaming', 'json', 'tools', 'vision'],
    quality: 0.7,
    latency: { firstChunkMs: 300, tokensPerSecond: 220 },
  },
  {
    id: 'mistral/mistral-large-2512',
    price: { input: 0.5, output: 1.5 },
    contextTokens: 262_144,
    capabilities: ['streaming', 'json', 'tools'],
    quality: 0.8,
    latency: { firstChunkMs: 500, tokensPerSecond: 90 },
  },
];

/** The two halves of a target's id: the provider before the first slash, the model after it. */
export const splitTargetId = (id: string): { provider: string; model: string } => {
  const slash = id.indexOf('/');
  return { provider: id.slice(0, slash), model: id.slice(slash + 1) };
};

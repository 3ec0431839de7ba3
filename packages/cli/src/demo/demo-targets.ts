/** A target of the demo: what it is called, and what is not known of any model but declared for this one. */
type DemoTarget = {
  id: string;
  quality: number;
  latency: { firstChunkMs: number; tokensPerSecond: number };
};

/**
 * The targets of the demo: three tiers over four providers. Limits and capabilities come from the catalogue, prices from the
 * price book. Quality and speed are round figures for a demonstration, not measurements: the simulator plays the models
 * with the same speeds.
 */
export const DEMO_TARGETS: readonly DemoTarget[] = [
  {
    id: 'openai/gpt-5-nano',
    quality: 0.62,
    latency: { firstChunkMs: 350, tokensPerSecond: 180 },
  },
  {
    id: 'openai/gpt-5-mini',
    quality: 0.76,
    latency: { firstChunkMs: 450, tokensPerSecond: 120 },
  },
  {
    id: 'openai/gpt-5.2',
    quality: 0.92,
    latency: { firstChunkMs: 900, tokensPerSecond: 70 },
  },
  {
    id: 'anthropic/claude-haiku-4-5',
    quality: 0.78,
    latency: { firstChunkMs: 400, tokensPerSecond: 150 },
  },
  {
    id: 'anthropic/claude-sonnet-4-6',
    quality: 0.93,
    latency: { firstChunkMs: 700, tokensPerSecond: 80 },
  },
  {
    id: 'google/gemini-3.1-flash-lite',
    quality: 0.7,
    latency: { firstChunkMs: 300, tokensPerSecond: 220 },
  },
  {
    id: 'mistral/mistral-large-2512',
    quality: 0.8,
    latency: { firstChunkMs: 500, tokensPerSecond: 90 },
  },
];

/** The two halves of a target's id: the provider before the first slash, the model after it. */
export const splitTargetId = (id: string): { provider: string; model: string } => {
  const slash = id.indexOf('/');
  return { provider: id.slice(0, slash), model: id.slice(slash + 1) };
};

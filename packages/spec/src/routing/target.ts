import type { Price } from './price.js';
import type { TaskType } from './task.js';

/** What a target can do beyond text in, text out. A closed set. */
export const CAPABILITIES = ['tools', 'json', 'vision', 'files', 'streaming'] as const;

/** One of `CAPABILITIES`. */
export type Capability = (typeof CAPABILITIES)[number];

/** How fast a target is believed to be before anything was measured. */
export type LatencyPrior = {
  /** Milliseconds from the request to the first chunk. */
  firstChunkMs: number;
  tokensPerSecond: number;
};

/** An addressable model at a provider: what a policy may send a request to. `null` is unknown, never 0. */
export type Target = {
  /** `provider/model`, unique in a configuration. */
  id: string;
  /** Key of `providers` in the configuration. */
  provider: string;
  /** The model name that the provider is asked for. */
  model: string;
  price: Price | null;
  /** Tokens of prompt and answer together. */
  contextTokens: number | null;
  maxOutputTokens: number | null;
  capabilities: readonly Capability[];
  /** Expected quality, 0 to 1, from an evaluation of the user's or a public one. */
  quality: number | null;
  /** The same for tasks that have a number of their own; it is used instead of `quality` then. */
  qualityByTask?: Readonly<Partial<Record<TaskType, number>>>;
  latency: LatencyPrior | null;
  /** Tags of the places where it processes and keeps data, such as `eu`. Empty or absent is unknown. */
  residency?: readonly string[];
};

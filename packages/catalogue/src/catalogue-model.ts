import type { Capability, TaskType } from '@signalbox/spec';

/** How a vendor places a model in its own line of products: the most capable, the balanced, or the fast and cheap one. */
export type VendorTier = 'top' | 'middle' | 'small';

/** What quality to expect before anything is known of one's own traffic, and where the numbers come from. */
export type QualityPrior = {
  /** 0 to 1, whatever the task. */
  overall: number;
  /** 0 to 1, of the tasks for which there is a number of their own. */
  byTask: Readonly<Partial<Record<TaskType, number>>>;
  /** For people: which data, or which placement by whom. */
  source: string;
};

/** What is known of a model at a provider. `null` is unknown, never 0 and never "no". Prices are not here: see `@signalbox/prices`. */
export type CatalogueModel = {
  /** `provider/model`. */
  id: string;
  /** The provider's usual key in a configuration, for example `openai`. */
  provider: string;
  /** The model name that the provider is asked for. */
  model: string;
  /** Other names of the same model at the same provider: snapshots, regions. */
  aliases: readonly string[];
  /** Tokens of prompt and answer together. */
  contextTokens: number | null;
  maxOutputTokens: number | null;
  /** True: it can. False: it cannot. `null`: nobody said. */
  capabilities: Readonly<Record<Capability, boolean | null>>;
  /** What it takes: `text`, `image`, `pdf`, `audio`, `video`. It answers in text. */
  inputs: readonly string[];
  /** Day (or month) of the release, `2026-07-09`. */
  releasedOn: string | null;
  /** True when its provider advises against it. */
  deprecated: boolean;
  /** The first day on which its provider does not answer any more; `null` when none is announced, or none is known. */
  retiresOn: string | null;
  quality: QualityPrior | null;
  /** Where the facts come from, and of when they are. */
  source: string;
};

// Reads the snapshot of models.dev: one JSON object, by provider and model.
import { readFileSync } from 'node:fs';

/** The facts of a model, whoever told them. `null` is unknown. */
export type Facts = {
  context: number | null;
  output: number | null;
  input: string[];
  tools: boolean | null;
  json: boolean | null;
  released: string | null;
  deprecated?: boolean;
};

type Entry = {
  base_model?: string;
  limit?: { context?: number; output?: number };
  modalities?: { input: string[]; output?: string[] };
  tool_call?: boolean;
  structured_output?: boolean;
  release_date?: string;
  status?: string;
};

type Snapshot = Record<string, Record<string, Entry>>;

const positive = (value: number | undefined): number | null =>
  value !== undefined && value > 0 ? value : null;

/** An entry that refers to a base takes from it what it does not say itself. `null` when the base is not there. */
const withBase = (snapshot: Snapshot, entry: Entry): Entry | null => {
  if (entry.base_model === undefined || entry.modalities !== undefined) return entry;
  const slash = entry.base_model.indexOf('/');
  const base = snapshot[entry.base_model.slice(0, slash)]?.[entry.base_model.slice(slash + 1)];
  return base?.modalities === undefined ? null : { ...base, ...entry };
};

/** Text in, text out, and a context: no embeddings, images, speech, realtime or moderation. */
const isChat = (id: string, { modalities, limit }: Entry): boolean =>
  modalities?.output?.join() === 'text' &&
  modalities.input.includes('text') &&
  (limit?.context ?? 0) > 4096 &&
  !/embed|realtime|guard|tts|omni|ocr|livetranslate|deep-research/.test(id);

/** All chat models of the given providers, by `provider/model`. */
export const readModelsDev = (file: string, providers: readonly string[]): Map<string, Facts> => {
  const snapshot = JSON.parse(readFileSync(file, 'utf8')) as Snapshot;
  const models = new Map<string, Facts>();
  for (const provider of providers) {
    for (const [model, given] of Object.entries(snapshot[provider] ?? {})) {
      const entry = withBase(snapshot, given);
      if (entry === null || !isChat(model, entry)) continue;
      models.set(`${provider}/${model}`, {
        context: positive(entry.limit?.context),
        output: positive(entry.limit?.output),
        input: entry.modalities?.input ?? [],
        tools: entry.tool_call ?? null,
        json: entry.structured_output ?? null,
        released: entry.release_date ?? null,
        ...(entry.status === 'deprecated' && { deprecated: true }),
      });
    }
  }
  return models;
};

import { CATALOGUE } from './catalogue.js';
import type { CatalogueModel } from './catalogue-model.js';

// Keys that people give to providers where the catalogue has another name.
const PROVIDERS: Readonly<Record<string, string>> = {
  'aws-bedrock': 'amazon-bedrock',
  bedrock: 'amazon-bedrock',
  fireworks: 'fireworks-ai',
  gemini: 'google',
  grok: 'xai',
  moonshot: 'moonshotai',
  qwen: 'alibaba',
  together: 'togetherai',
  'x-ai': 'xai',
};

const SNAPSHOT_DATE = /-(\d{8}|\d{4}-\d{2}-\d{2})$/;

const byName = new Map(
  CATALOGUE.flatMap((model) =>
    [model.model, ...model.aliases].map((name) => [`${model.provider}/${name}`, model] as const),
  ),
);

/**
 * A model by the key of its provider and the name that the provider is asked for, or `null`. A dated snapshot that the
 * catalogue does not name is the model without the date. Providers are matched exactly, so that `my-openai-proxy` is
 * nobody's; a few other usual keys (`bedrock`, `together`, `qwen`, ...) are understood.
 */
export const findModel = ({
  provider,
  model,
}: {
  provider: string;
  model: string;
}): CatalogueModel | null => {
  const known = Object.hasOwn(PROVIDERS, provider) ? PROVIDERS[provider] : provider;
  const exact = byName.get(`${known}/${model}`);
  return exact ?? byName.get(`${known}/${model.replace(SNAPSHOT_DATE, '')}`) ?? null;
};

import { CAPABILITIES } from '@signalbox/spec';
import type { CatalogueModel } from './catalogue-model.js';
import { findModel } from './find-model.js';

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textOr = (value: unknown, fallback: string): string => (typeof value === 'string' ? value : fallback);

const findFor = (target: Fields): CatalogueModel | null => {
  const id = textOr(target.id, '');
  const slash = id.indexOf('/');
  return findModel({
    provider: textOr(target.provider, id.slice(0, Math.max(slash, 0))),
    model: textOr(target.model, id.slice(slash + 1)),
  });
};

/**
 * What the catalogue knows, as fields of a target. What is unknown is left out, and so are its qualities by task where the
 * target has a quality of its own: whoever measured is not to be overruled.
 */
const factsOf = (model: CatalogueModel, target: Fields): Fields => ({
  capabilities: CAPABILITIES.filter((capability) => model.capabilities[capability] === true),
  ...(model.contextTokens !== null && { contextTokens: model.contextTokens }),
  ...(model.maxOutputTokens !== null && { maxOutputTokens: model.maxOutputTokens }),
  ...(model.quality !== null &&
    target.quality === undefined && { quality: model.quality.overall, qualityByTask: model.quality.byTask }),
});

const describeTarget = (given: unknown): unknown => {
  const target = typeof given === 'string' ? { id: given } : given;
  if (!isObject(target)) return given;
  const model = findFor(target);
  return model === null ? target : { ...factsOf(model, target), ...target };
};

/**
 * A configuration as users write it, whose targets have got what the catalogue knows of their models: `"openai/gpt-6-luna"`
 * becomes an object, and an object gets the fields that it does not set itself. Other targets, and everything that is no
 * configuration, are returned as they are: the schema names the mistake. Doing it again changes nothing.
 */
export const withCatalogue = (config: unknown): unknown => {
  if (!isObject(config) || !Array.isArray(config.targets)) return config;
  return { ...config, targets: config.targets.map(describeTarget) };
};

import { type ConditionalPrice, calcPrice, findProvider, type ModelPrice } from '@pydantic/genai-prices';
import type { PricedModel, PricePeriod } from '@signalbox/spec';
import { toPrice } from './to-price.js';

/** The version of the catalogue; a test holds it equal to the dependency. */
export const CATALOGUE_VERSION = 'genai-prices@0.1.8';

// Keys that people give to providers and names that spans give them, where the catalogue has another name.
const CATALOGUE_IDS: Readonly<Record<string, string>> = {
  'amazon-bedrock': 'aws',
  'aws-bedrock': 'aws',
  'aws.bedrock': 'aws',
  'azure-openai': 'azure',
  'azure.ai.inference': 'azure',
  'azure.ai.openai': 'azure',
  bedrock: 'aws',
  'gcp.gemini': 'google',
  'gcp.vertex_ai': 'google',
  gemini: 'google',
  'google-vertex': 'google',
  grok: 'x-ai',
  mistral_ai: 'mistral',
  moonshot: 'moonshotai',
  moonshot_ai: 'moonshotai',
  togetherai: 'together',
  vertex: 'google',
  x_ai: 'x-ai',
  xai: 'x-ai',
};

// The catalogue itself also takes a name that only contains a known one. Not here: `my-openai-proxy` is not billed by
// OpenAI, and a wrong price is worse than none.
const findExactly = (name: string) => {
  const id = Object.hasOwn(CATALOGUE_IDS, name) ? CATALOGUE_IDS[name] : name;
  const provider = id === undefined ? undefined : findProvider({ providerId: id });
  return provider?.id === id ? provider : undefined;
};

const isByTimeOfDay = ({ constraint }: ConditionalPrice): boolean => constraint?.type === 'time_of_date';

const toPeriod = (prices: ModelPrice, startDate: string | null): PricePeriod => {
  const price = toPrice(prices);
  return {
    validFrom: startDate === null ? null : new Date(startDate),
    resolved: price && { price, source: 'package', version: CATALOGUE_VERSION },
  };
};

/**
 * The prices of a model in @pydantic/genai-prices over time; `null` when it is not there. A price that depends on the
 * time of day is unknown, because a period has one price.
 */
export const catalogueTimeline = ({ provider: name, model }: PricedModel): readonly PricePeriod[] | null => {
  const provider = findExactly(name);
  const found = provider && calcPrice({}, model, { provider });
  if (!found) return null;
  const { prices } = found.model;
  if (!Array.isArray(prices)) return [toPeriod(prices, null)];
  if (prices.some(isByTimeOfDay)) return null;
  return prices.map((each) =>
    toPeriod(
      each.prices,
      each.constraint && 'start_date' in each.constraint ? each.constraint.start_date : null,
    ),
  );
};

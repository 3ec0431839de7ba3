import type { LanguageModelV4 } from '@ai-sdk/provider';
import {
  ConfigInvalidError,
  type ProviderConfig,
  type ProviderInstance,
  ProviderMissingError,
  type ResolvedConfig,
  type Target,
} from '@signalbox/spec';
import type { ServedTarget } from '../execute/runtime.js';
import { createOpenAiCompatibleProvider } from './openai-compatible.js';

const invalid = (path: string, message: string): ConfigInvalidError =>
  new ConfigInvalidError({ source: 'The configuration', issues: [{ path, message }] });

const toProvider = (name: string, config: ProviderConfig): ProviderInstance =>
  'languageModel' in config ? config : createOpenAiCompatibleProvider(name, config);

const isModel = (model: unknown): model is LanguageModelV4 =>
  typeof model === 'object' &&
  model !== null &&
  'specificationVersion' in model &&
  model.specificationVersion === 'v4';

const createModel = (provider: ProviderInstance, target: Target, path: string): LanguageModelV4 => {
  let model: unknown;
  try {
    model = provider.languageModel(target.model);
  } catch (error) {
    throw invalid(path, `is refused by the provider: ${error instanceof Error ? error.message : error}`);
  }
  if (isModel(model)) return model;
  throw invalid(path, `needs a provider of AI SDK 7 (LanguageModelV4), which "${target.provider}" is not`);
};

/**
 * Creates the model of every target, by target id. A provider that no target uses is not created, so its API key may be
 * missing. Throws `ProviderMissingError` and `ConfigInvalidError`.
 */
export const resolveModels = ({
  targets,
  providers,
}: Pick<ResolvedConfig, 'targets' | 'providers'>): Map<string, ServedTarget> => {
  const created = new Map<string, ProviderInstance>();

  const providerOf = (target: Target): ProviderInstance => {
    const name = target.provider;
    const config = providers[name];
    if (!config) {
      throw new ProviderMissingError({
        target: target.id,
        provider: name,
        configured: Object.keys(providers),
      });
    }
    const provider = created.get(name) ?? toProvider(name, config);
    created.set(name, provider);
    return provider;
  };

  return new Map(
    targets.map((target, index) => [
      target.id,
      { target, model: createModel(providerOf(target), target, `targets[${index}]`) },
    ]),
  );
};

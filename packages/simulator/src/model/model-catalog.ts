import { type CompleteModelProfile, DEFAULT_MODEL_PROFILE } from './model-profile.js';

/** The models and providers of one simulator. */
export type ModelCatalog = {
  /** The profile of a model; null for an unknown one, unless unknown models are allowed. */
  find(model: string): CompleteModelProfile | null;
  /** Id and profile of every configured model. */
  models: ReadonlyMap<string, CompleteModelProfile>;
  /** Whether `/{provider}/v1/...` exists. */
  hasProvider(provider: string): boolean;
  /** Whether an incident can name it: `*`, a model, or a provider. */
  isIncidentScope(scope: string): boolean;
  /** What an incident can name, for messages. */
  incidentScopes(): string[];
};

/** What a catalog is made of; see `SimulatorOptions`. */
export type ModelCatalogOptions = {
  models: Readonly<Record<string, CompleteModelProfile>>;
  providers: readonly string[];
  allowUnknownModels: boolean;
};

/** Creates the catalog. The owners of the models are providers too. */
export function createModelCatalog({
  models,
  providers,
  allowUnknownModels,
}: ModelCatalogOptions): ModelCatalog {
  const profiles = new Map(Object.entries(models));
  const names = new Set([...providers, ...[...profiles.values()].map(({ ownedBy }) => ownedBy)]);
  const incidentScopes = () => ['*', ...names, ...profiles.keys()];
  return {
    find: (model) => profiles.get(model) ?? (allowUnknownModels ? DEFAULT_MODEL_PROFILE : null),
    models: profiles,
    hasProvider: (provider) => names.has(provider),
    isIncidentScope: (scope) => allowUnknownModels || incidentScopes().includes(scope),
    incidentScopes,
  };
}

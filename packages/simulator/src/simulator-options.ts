import { z } from 'zod';
import { describeIssues } from './describe-issues.js';
import type { Incident } from './incidents/incident.js';
import { createModelCatalog, type ModelCatalog } from './model/model-catalog.js';
import { type ModelProfile, modelProfileSchema } from './model/model-profile.js';
import { refuseUnknownKeys } from './refuse-unknown-keys.js';
import { SimulatorError } from './simulator-error.js';

/** What a simulator is made of. Everything is optional. */
export type SimulatorOptions = {
  /** The models by id. Without it, every model id is answered with `DEFAULT_MODEL_PROFILE`. */
  models?: Record<string, ModelProfile>;
  /** Names that serve the same wire under `/{provider}/v1`. The owners of the models are always among them. */
  providers?: readonly string[];
  /** Answer models that `models` does not name with the default profile. Default: only when `models` is absent. */
  allowUnknownModels?: boolean;
  /** Seed of every draw. Default 1. */
  seed?: number;
  /** Scripted incidents, from `parseTimeline`. Default none. */
  timeline?: readonly Incident[];
  /** Simulated milliseconds per real one: latencies are divided by it, and the default clock runs faster by it. Default 1. */
  timeScale?: number;
  /** The clock of the incidents, in simulated milliseconds. Default: since creation, times `timeScale`. */
  now?: () => number;
  /** Ask for `Authorization: Bearer <apiKey>` on all routes but `/healthz`. Default: no key. */
  apiKey?: string;
  /** The largest request body in bytes, inflated. Default 32 MiB. */
  maxBodyBytes?: number;
  /** More requests than this in flight are refused with 503. Default 20,000. */
  maxInFlight?: number;
};

/** Options with their defaults applied. */
export type ResolvedOptions = {
  catalog: ModelCatalog;
  seed: number;
  timeline: readonly Incident[];
  timeScale: number;
  now: () => number;
  apiKey: string | null;
  maxBodyBytes: number;
  maxInFlight: number;
};

const fields = {
  models: z.record(z.string().min(1), modelProfileSchema).optional(),
  providers: z
    .array(
      z.string().regex(/^(?!v1$|simulator$|healthz$)[\w.-]+$/, { error: 'Not usable as a path segment.' }),
    )
    .optional(),
  allowUnknownModels: z.boolean().optional(),
  seed: z.number().optional(),
  timeline: z.array(z.unknown()).optional(),
  timeScale: z.number().positive().optional(),
  now: z.custom<() => number>((value) => typeof value === 'function', 'Give a function.').optional(),
  apiKey: z.string().min(1).optional(),
  maxBodyBytes: z.int().positive().optional(),
  maxInFlight: z.int().positive().optional(),
};
const optionsSchema = z.strictObject(fields, { error: refuseUnknownKeys(Object.keys(fields)) });

/**
 * Returns the options with defaults. Throws a SimulatorError `simulator-invalid-options` that names every bad
 * field, or the incident of the timeline whose model is neither `*` nor a known model or provider.
 */
export function resolveOptions(options: SimulatorOptions): ResolvedOptions {
  const parsed = optionsSchema.safeParse(options, { reportInput: true });
  if (!parsed.success) throw invalidOptions(describeIssues(parsed.error, 'the options'), parsed.error);
  const { models, providers = [], timeScale = 1, timeline = [] } = options;
  const allowUnknownModels = options.allowUnknownModels ?? models === undefined;
  const catalog = createModelCatalog({ models: models ?? {}, providers, allowUnknownModels });
  for (const [index, { model }] of timeline.entries()) {
    if (catalog.isIncidentScope(model)) continue;
    const allowed = catalog.incidentScopes().join(', ');
    throw invalidOptions(`timeline[${index}].model is '${model}'. Allowed: ${allowed}.`);
  }
  return {
    catalog,
    seed: options.seed ?? 1,
    timeline,
    timeScale,
    now: options.now ?? createSimulatedClock(timeScale),
    apiKey: options.apiKey ?? null,
    maxBodyBytes: options.maxBodyBytes ?? 32 * 1024 * 1024,
    maxInFlight: options.maxInFlight ?? 20_000,
  };
}

function createSimulatedClock(timeScale: number): () => number {
  const startedAt = performance.now();
  return () => (performance.now() - startedAt) * timeScale;
}

function invalidOptions(details: string, cause?: unknown): SimulatorError {
  return new SimulatorError('simulator-invalid-options', `The simulator options are not valid:\n${details}`, {
    cause,
  });
}

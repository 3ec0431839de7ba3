import { z } from 'zod';
import { describeIssues } from './describe-issues.js';
import { FAULT_PARAMETERS } from './incidents/fault.js';
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

const incidentSchema = z.looseObject({
  id: z.string().min(1),
  kind: z.enum(Object.keys(FAULT_PARAMETERS)),
  model: z.string().min(1),
  share: z.number().positive().max(1),
  atMs: z.number().min(0),
  forMs: z.number().min(0).nullable(),
});

const providerName = z.string().regex(/^(?!v1$|simulator$|healthz$)[\w.-]+$/, {
  error: "Use letters, digits, '-', '_' and '.'; not a path of the simulator.",
});

const fields = {
  models: z.record(z.string().min(1), modelProfileSchema).optional(),
  providers: z.array(providerName).default([]),
  allowUnknownModels: z.boolean().optional(),
  seed: z.number().default(1),
  timeline: z.array(incidentSchema).optional(),
  timeScale: z.number().positive().default(1),
  now: z.custom<() => number>((value) => typeof value === 'function', 'Give a function.').optional(),
  apiKey: z.string().min(1).optional(),
  maxBodyBytes: z
    .int()
    .positive()
    .default(32 * 1024 * 1024),
  maxInFlight: z.int().positive().default(20_000),
};
const optionsSchema = z.strictObject(fields, { error: refuseUnknownKeys(Object.keys(fields)) });

/**
 * Returns the options with defaults. Throws a SimulatorError `simulator-invalid-options` that names every bad
 * field, or the incident of the timeline whose model is neither `*` nor a known model or provider.
 */
export function resolveOptions(options: SimulatorOptions): ResolvedOptions {
  const parsed = optionsSchema.safeParse(options, { reportInput: true });
  if (!parsed.success) throw invalidOptions(describeIssues(parsed.error, 'the options'), parsed.error);
  const { models, providers, allowUnknownModels = models === undefined, ...rest } = parsed.data;
  const catalog = createModelCatalog({ models: models ?? {}, providers, allowUnknownModels });
  const timeline = options.timeline ?? [];
  checkTimeline(timeline, catalog);
  return {
    ...rest,
    catalog,
    timeline,
    now: rest.now ?? createSimulatedClock(rest.timeScale),
    apiKey: rest.apiKey ?? null,
  };
}

/** An incident that can never apply, or hides another of its id, is a slip of the pen: refuse it at the start. */
function checkTimeline(timeline: readonly Incident[], catalog: ModelCatalog): void {
  const ids = new Set<string>();
  for (const [index, { id, model }] of timeline.entries()) {
    if (!catalog.isIncidentScope(model)) {
      const allowed = catalog.incidentScopes().join(', ');
      throw invalidOptions(`timeline[${index}].model is '${model}'. Allowed: ${allowed}.`);
    }
    if (ids.has(id))
      throw invalidOptions(`timeline[${index}].id is '${id}', as is an earlier one. Make it unique.`);
    ids.add(id);
  }
}

function createSimulatedClock(timeScale: number): () => number {
  const startedAt = performance.now();
  return () => (performance.now() - startedAt) * timeScale;
}

function invalidOptions(details: string, cause?: unknown): SimulatorError {
  const message = `The simulator options are not valid:\n${details}`;
  return new SimulatorError('simulator-invalid-options', message, { cause });
}

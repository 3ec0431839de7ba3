import { z } from 'zod';
import { refuseUnknownKeys } from '../refuse-unknown-keys.js';
import { durationSchema } from './duration.js';
import { FAULT_PARAMETERS, type Fault } from './fault.js';

/** A fault that a model, a provider or everything has for a while. */
export type Incident = Fault & {
  /** Unique in a simulator: `timeline-1` and on from a file, `incident-1` and on from the control API. */
  id: string;
  /** A model id, a provider name, or `*` for all. */
  model: string;
  /** The part of the requests that it hits, above 0 to 1. Which ones follows from the seed. */
  share: number;
  /** Start on the simulator's clock, in milliseconds. */
  atMs: number;
  /** Length in milliseconds; null lasts until it is ended through the control API. */
  forMs: number | null;
};

/** An incident as people write it, before it has an id. */
export type IncidentInput = z.output<typeof timelineIncidentSchema> | z.output<typeof startedIncidentSchema>;

const SCOPE = {
  model: z.string().min(1).default('*'),
  share: z.number().positive().max(1).default(1),
};

/** An entry of a timeline file: `at` and `for` are required. */
export const timelineIncidentSchema = incidentUnion({ ...SCOPE, at: durationSchema, for: durationSchema });

/** The body of `POST /simulator/incidents`: starts now unless `at` says when; lasts until ended unless `for` says how long. */
export const startedIncidentSchema = incidentUnion({
  ...SCOPE,
  at: durationSchema.optional(),
  for: durationSchema.optional(),
});

function incidentUnion<const Shape extends z.core.$ZodShape>(shape: Shape) {
  const kind = <Kind extends Fault['kind']>(name: Kind) => {
    const fields = { kind: z.literal(name), ...shape, ...FAULT_PARAMETERS[name] };
    return z.strictObject(fields, { error: refuseUnknownKeys(Object.keys(fields)) });
  };
  return z.discriminatedUnion('kind', [
    kind('outage'),
    kind('latency'),
    kind('rate-limit'),
    kind('cut-stream'),
    kind('hang'),
  ]);
}

/** Returns the incident of an entry; `nowMs` is its start where the entry gives none. */
export function toIncident(input: IncidentInput, id: string, nowMs: number): Incident {
  const { at = nowMs, for: forMs = null, ...rest } = input;
  return { ...rest, id, atMs: at, forMs };
}

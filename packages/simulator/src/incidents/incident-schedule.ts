import type { Incident } from './incident.js';

/** How many incidents, past ones included, a schedule holds; past ones make room first. */
const MAX_INCIDENTS = 1_000;

/** An incident as the control API shows it. */
type ScheduledIncident = Incident & { state: 'scheduled' | 'active' | 'over' };

/** The incidents of one simulator against its clock. */
export type IncidentSchedule = {
  /** Milliseconds on the simulator's clock. */
  nowMs(): number;
  /** The incidents that hold now for a model of a provider. */
  activeFor(model: string, provider: string): Incident[];
  /** Every incident, in order of their start. */
  list(): ScheduledIncident[];
  /** Adds an incident; false when the schedule is full of incidents that are not over. */
  add(incident: Incident): boolean;
  /** Ends and removes one incident; false when there is none of that id. */
  end(id: string): boolean;
  /** Ends and removes all incidents. Returns how many there were. */
  endAll(): number;
};

/** Creates the schedule of a timeline. `now` gives milliseconds and only has to be monotonic. */
export function createIncidentSchedule(timeline: readonly Incident[], now: () => number): IncidentSchedule {
  const incidents = new Map(timeline.map((incident) => [incident.id, incident]));
  return {
    nowMs: () => Math.round(now()),
    activeFor(model, provider) {
      if (incidents.size === 0) return [];
      const nowMs = now();
      return [...incidents.values()].filter(
        (incident) => stateAt(incident, nowMs) === 'active' && matches(incident, model, provider),
      );
    },
    list() {
      const nowMs = now();
      return [...incidents.values()]
        .toSorted((one, other) => one.atMs - other.atMs)
        .map((incident) => ({ ...incident, state: stateAt(incident, nowMs) }));
    },
    add(incident) {
      if (incidents.size >= MAX_INCIDENTS) removeOver(incidents, now());
      if (incidents.size >= MAX_INCIDENTS) return false;
      incidents.set(incident.id, incident);
      return true;
    },
    end: (id) => incidents.delete(id),
    endAll() {
      const { size } = incidents;
      incidents.clear();
      return size;
    },
  };
}

function stateAt({ atMs, forMs }: Incident, nowMs: number): ScheduledIncident['state'] {
  if (nowMs < atMs) return 'scheduled';
  return forMs !== null && nowMs >= atMs + forMs ? 'over' : 'active';
}

function matches(incident: Incident, model: string, provider: string): boolean {
  return incident.model === '*' || incident.model === model || incident.model === provider;
}

function removeOver(incidents: Map<string, Incident>, nowMs: number): void {
  for (const [id, incident] of incidents) if (stateAt(incident, nowMs) === 'over') incidents.delete(id);
}

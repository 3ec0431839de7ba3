import { createIncidentSchedule, type IncidentSchedule } from './incidents/incident-schedule.js';
import { createRequestKeys, type RequestKeys } from './random/request-key.js';
import type { ResolvedOptions } from './simulator-options.js';
import { createStatsRecorder, type StatsRecorder } from './simulator-stats.js';

/** The state that the routes of one simulator share. */
export type Simulation = {
  options: ResolvedOptions;
  incidents: IncidentSchedule;
  requestKeys: RequestKeys;
  stats: StatsRecorder;
};

/** Creates the state at its start: the timeline scheduled, nothing counted. */
export function createSimulation(options: ResolvedOptions): Simulation {
  return {
    options,
    incidents: createIncidentSchedule(options.timeline, options.now),
    requestKeys: createRequestKeys(),
    stats: createStatsRecorder(),
  };
}

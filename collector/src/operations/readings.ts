import type { CollectorStats } from '../collector-stats.js';
import type { ConservationStats } from '../conservation/start-conservation.js';
import type { DrainStats } from '../drain/drain-stats.js';
import type { LogStats } from '../log/log-stats.js';
import type { ReceiverLoad } from '../receiver/start-receivers.js';

/** Everything that a collector knows about itself at a moment. */
export type Readings = {
  readonly receivers: CollectorStats;
  readonly load: ReceiverLoad;
  readonly log: LogStats;
  readonly drain: DrainStats;
  readonly conservation: ConservationStats;
  /** Unix milliseconds. */
  readonly now: number;
};

import type { Clock } from '@signalbox/spec';

/** The clock of the machine. */
export const systemClock: Clock = {
  nowMs: () => performance.now(),
  epochMs: () => Date.now(),
};

import type { Clock } from '../routing/event.js';

/** A clock that moves only when told. Starts at 0 ms and at the epoch given (default 2026-01-01T00:00:00Z). */
export const createManualClock = (
  startEpochMs = Date.UTC(2026, 0, 1),
): Clock & { advance(ms: number): void } => {
  let elapsed = 0;
  return {
    nowMs: () => elapsed,
    epochMs: () => startEpochMs + elapsed,
    advance: (ms) => {
      elapsed += ms;
    },
  };
};

import type { InsertFailure } from './insert-failure.js';

/** Whether blocks get through to ClickHouse. */
export type DrainHealth = {
  succeeded(): void;
  /** `isHeld`: waiting does not help, somebody has to act. */
  failed(failure: InsertFailure, isHeld: boolean): void;
  /** `null` when blocks get through, otherwise why not. */
  reason(): string | null;
};

/** A failure that passes is told only once it has lasted so long. */
const TOLERATED_MS = 5_000;

/** Starts healthy. `nowMs` is a monotonic clock. */
export const createDrainHealth = (nowMs: () => number = () => performance.now()): DrainHealth => {
  let since: number | null = null;
  let last: { reason: string; isHeld: boolean } | null = null;
  return {
    succeeded() {
      since = null;
      last = null;
    },
    failed({ reason }, isHeld) {
      since ??= nowMs();
      last = { reason, isHeld };
    },
    reason() {
      if (last === null || since === null) return null;
      return last.isHeld || nowMs() - since >= TOLERATED_MS ? last.reason : null;
    },
  };
};

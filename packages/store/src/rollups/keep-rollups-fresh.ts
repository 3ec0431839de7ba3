import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../connection/store.js';
import { refreshRollups } from './refresh-rollups.js';

const PAUSE_MS = 3000;
const STOP_MS = 5000;

/** How rollups are kept fresh. */
export type KeepRollupsFreshOptions = {
  /** Pause between two refreshes in milliseconds. Default: 3000. */
  pauseMs?: number;
  /**
   * Called with the error of a refresh that failed after one that did not: an outage is told once. A later refresh makes up
   * for those that failed. Must not throw.
   */
  onError: (error: unknown) => void;
};

/** Refreshes that run until `stop` is called. */
export type RollupRefresher = {
  /**
   * Refreshes once more, so that everything that is stored now is in the rollups, and resolves when that is done or
   * `timeoutMs` (default 5000) have passed. What is left then, the next refresher does.
   */
  stop(options?: { timeoutMs?: number }): Promise<void>;
};

/**
 * Refreshes the rollups every few seconds, beginning at once. Any number of processes may: they do the work several
 * times, but not wrongly. Does not keep the process alive while it pauses.
 */
export function keepRollupsFresh(
  store: Store,
  { pauseMs = PAUSE_MS, onError }: KeepRollupsFreshOptions,
): RollupRefresher {
  const stopping = new AbortController();
  const late = new AbortController();
  let failing = false;
  const refresh = async (): Promise<void> => {
    if (late.signal.aborted) return;
    try {
      await refreshRollups(store, { signal: late.signal });
      failing = false;
    } catch (error) {
      if (!failing) onError(error);
      failing = true;
    }
  };
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await refresh();
      // Only `stop` ends the pause early.
      await sleep(pauseMs, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
    }
    await refresh();
  };
  const ended = run();
  return {
    async stop({ timeoutMs = STOP_MS } = {}) {
      stopping.abort();
      const reason = new Error(`The last refresh of the rollups took longer than ${timeoutMs} ms.`);
      const timer = setTimeout(() => late.abort(reason), timeoutMs);
      await ended.finally(() => clearTimeout(timer));
    },
  };
}

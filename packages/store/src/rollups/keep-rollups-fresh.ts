import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../connection/store.js';
import { refreshRollups } from './refresh-rollups.js';

/** How rollups are kept fresh. */
export type KeepRollupsFreshOptions = {
  /** Pause between two refreshes in milliseconds. Default: 3000. */
  pauseMs?: number;
  /** Called with the error of a refresh that failed; the next one makes up for it. Must not throw. */
  onError: (error: unknown) => void;
};

/** Refreshes that run until `stop` is called. */
export type RollupRefresher = {
  /** Ends the refresh under way and resolves when it has ended. What it had not done yet, the next refresher does. */
  stop(): Promise<void>;
};

/**
 * Refreshes the rollups every few seconds, beginning at once. Any number of processes may: they do the work several
 * times, but not wrongly. Does not keep the process alive while it pauses.
 */
export function keepRollupsFresh(
  store: Store,
  { pauseMs = 3000, onError }: KeepRollupsFreshOptions,
): RollupRefresher {
  const stopping = new AbortController();
  const { signal } = stopping;
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      try {
        await refreshRollups(store, { signal });
      } catch (error) {
        if (!signal.aborted) onError(error);
      }
      // Only `stop` ends the pause early.
      await sleep(pauseMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  };
  const ended = run();
  return {
    stop() {
      stopping.abort();
      return ended;
    },
  };
}

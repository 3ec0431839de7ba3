import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../connection/store.js';
import { type SweepResult, sweepErased } from './sweep-erased.js';

const PAUSE_MS = 3_600_000;
const TIMEOUT_MS = 600_000;

/** How erased rows are kept away. */
export type KeepErasedAwayOptions = {
  /** Pause before each sweep in milliseconds. Default: an hour. */
  pauseMs?: number;
  /** Called with what a sweep deleted, when it deleted something. Must not throw. */
  onSwept: (result: SweepResult) => void;
  /** Called with the error of a sweep that failed; the next one makes up for it. Must not throw. */
  onError: (error: unknown) => void;
};

/** Sweeps that run until `stop` is called. */
export type ErasedSweeper = {
  /** Ends the sweep under way and resolves when it has ended. What it had not done yet, the next one does. */
  stop(): Promise<void>;
};

/**
 * Sweeps what was erased and sent again, every hour, the first time an hour from now. A sweep may take ten minutes for one
 * table of one subject. Any number of processes may. Does not keep the process alive while it pauses.
 */
export function keepErasedAway(
  store: Store,
  { pauseMs = PAUSE_MS, onSwept, onError }: KeepErasedAwayOptions,
): ErasedSweeper {
  const stopping = new AbortController();
  const { signal } = stopping;
  const run = async (): Promise<void> => {
    for (;;) {
      await sleep(pauseMs, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      try {
        const result = await sweepErased(store, { timeoutMs: TIMEOUT_MS, signal });
        if (result.subjects > 0) onSwept(result);
      } catch (error) {
        if (!signal.aborted) onError(error);
      }
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

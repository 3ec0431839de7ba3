import { setTimeout as sleep } from 'node:timers/promises';

/** Pauses that end all at once when there is no more reason to wait. */
export type WakeablePause = {
  /** Resolves after so many milliseconds, or when `wake` is called, or when the drain is closing. */
  pause(ms: number): Promise<void>;
  wake(): void;
};

/** Creates pauses that `stopping` ends for good. */
export const createWakeablePause = (stopping: AbortSignal): WakeablePause => {
  let waking = new AbortController();
  return {
    async pause(ms) {
      const signal = AbortSignal.any([stopping, waking.signal]);
      await sleep(ms, undefined, { signal }).catch(() => undefined);
    },
    wake() {
      waking.abort();
      waking = new AbortController();
    },
  };
};

/** Lets one waiter sleep until somebody wakes it. */
export interface Waker {
  /** Resolves at the next `wake`, after `ms`, or when the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Without a sleeper it does nothing, and is not remembered. */
  wake(): void;
}

/** Creates a waker. */
export const createWaker = (): Waker => {
  let wake = (): void => undefined;
  return {
    wake: () => wake(),
    sleep: async (ms, signal) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const end = (): void => resolve();
      wake = end;
      const timer = Number.isFinite(ms) ? setTimeout(end, ms) : undefined;
      signal?.addEventListener('abort', end);
      if (signal?.aborted) end();
      await promise;
      signal?.removeEventListener('abort', end);
      clearTimeout(timer);
    },
  };
};

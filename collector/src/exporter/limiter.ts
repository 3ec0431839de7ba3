/** Runs at most so many tasks at once; the others wait in the order in which they came. */
export type Limiter = {
  /** Runs `task` when its turn comes. Rejects with the reason of `signal` if that aborts before. */
  run<Value>(task: () => Promise<Value>, signal: AbortSignal): Promise<Value>;
};

/** Creates a limiter that runs `concurrency` tasks at once. */
export const createLimiter = (concurrency: number): Limiter => {
  let running = 0;
  const waiting = new Set<() => void>();

  const turn = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const begin = (): void => {
        waiting.delete(begin);
        signal.removeEventListener('abort', abandon);
        running += 1;
        resolve();
      };
      const abandon = (): void => {
        waiting.delete(begin);
        reject(signal.reason);
      };
      if (signal.aborted) reject(signal.reason);
      else if (running < concurrency) begin();
      else {
        waiting.add(begin);
        signal.addEventListener('abort', abandon, { once: true });
      }
    });

  return {
    async run(task, signal) {
      await turn(signal);
      try {
        return await task();
      } finally {
        running -= 1;
        const [next] = waiting;
        next?.();
      }
    },
  };
};

/** Lets at most `limit` pieces of work run at once. */
export interface Gate {
  /** Resolves with true when there is room, with false as soon as `signal` aborts. One caller at a time. */
  enter(signal: AbortSignal): Promise<boolean>;
  /** Makes room. */
  leave(): void;
  /** Resolves when nobody is inside. */
  idle(): Promise<void>;
}

/** Creates a gate with nobody inside. */
export const createGate = (limit: number): Gate => {
  let inside = 0;
  let onRoom: (() => void) | null = null;
  let onIdle: (() => void) | null = null;

  const waitForRoom = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const done = (): void => {
        signal.removeEventListener('abort', done);
        onRoom = null;
        resolve();
      };
      onRoom = done;
      signal.addEventListener('abort', done);
    });

  return {
    enter: async (signal) => {
      if (inside >= limit && !signal.aborted) await waitForRoom(signal);
      if (signal.aborted) return false;
      inside += 1;
      return true;
    },
    leave: () => {
      inside -= 1;
      onRoom?.();
      if (inside === 0) onIdle?.();
    },
    idle: () =>
      inside === 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            onIdle = resolve;
          }),
  };
};

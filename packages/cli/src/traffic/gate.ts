/** Lets at most `limit` pieces of work run at once. `enter` resolves when there is room, `leave` makes room. */
export const createGate = (
  limit: number,
): { enter(): Promise<void>; leave(): void; idle(): Promise<void> } => {
  let inside = 0;
  let waiting: (() => void) | null = null;
  let onIdle: (() => void) | null = null;
  return {
    // One caller at a time: the loop that sends the load waits here.
    enter: async () => {
      if (inside >= limit) {
        await new Promise<void>((resolve) => {
          waiting = resolve;
        });
      }
      inside += 1;
    },
    leave: () => {
      inside -= 1;
      waiting?.();
      waiting = null;
      if (inside === 0) onIdle?.();
    },
    idle: () =>
      inside === 0
        ? Promise.resolve()
        : new Promise<void>((resolve) => {
            onIdle = resolve;
          }),
  };
};

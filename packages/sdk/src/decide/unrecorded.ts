/** Decisions that are waiting for their outcome, at most `limit`; one more pushes out the oldest. */
export interface Unrecorded {
  add(id: string, giveUp: () => void): void;
  remove(id: string): void;
}

/** Bounds the memory that callers who never record cost, here and in the listeners. */
export const createUnrecorded = (limit: number): Unrecorded => {
  // A Map iterates in the order of insertion, so its first key is the oldest.
  const waiting = new Map<string, () => void>();
  return {
    add: (id, giveUp) => {
      waiting.set(id, giveUp);
      if (waiting.size <= limit) return;
      const [oldest] = waiting;
      if (!oldest) return;
      waiting.delete(oldest[0]);
      oldest[1]();
    },
    remove: (id) => void waiting.delete(id),
  };
};

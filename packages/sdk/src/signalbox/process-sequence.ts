const KEY = Symbol.for('signalbox.sequence');

type Counter = { last: number };

const counter = (): Counter => {
  const holder = globalThis as { [KEY]?: Counter };
  holder[KEY] ??= { last: 0 };
  return holder[KEY];
};

/**
 * The next number of this process: 1, 2, 3, ... One counter serves all instances and all copies of this package, so that
 * a reader who sees every number of a process knows that no telemetry was lost. A worker thread counts by itself: give
 * it a `service.instance.id` of its own.
 */
export const nextProcessSequence = (): number => {
  const shared = counter();
  shared.last += 1;
  return shared.last;
};

/** A counter of its own, for an instance without telemetry: its requests must not leave gaps in the process's. */
export const createSequence = (): (() => number) => {
  let last = 0;
  return () => {
    last += 1;
    return last;
  };
};

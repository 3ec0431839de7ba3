/**
 * Creates a clock in Unix milliseconds that starts at `epochMs` and goes on evenly: what is retained for a while does not go
 * when somebody sets the computer's clock. It may be off by as much as that clock was.
 */
export const createSteadyClock = (epochMs: () => number = Date.now): (() => number) => {
  const originMs = epochMs() - performance.now();
  return () => originMs + performance.now();
};

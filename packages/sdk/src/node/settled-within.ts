/** Waits until every promise has settled, either way, but at most `timeoutMs` milliseconds. Never rejects. */
export const settledWithin = async (
  timeoutMs: number,
  promises: readonly Promise<unknown>[],
): Promise<void> => {
  const { promise: timeout, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, timeoutMs);
  await Promise.race([Promise.allSettled(promises), timeout]);
  clearTimeout(timer);
};

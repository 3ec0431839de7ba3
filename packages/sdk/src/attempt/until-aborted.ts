/**
 * Waits for `work`, but no longer than until `signal` aborts: then it rejects with the signal's reason, whether or not
 * the provider honours the signal. What `work` does later is ignored.
 */
export const untilAborted = async <T>(work: PromiseLike<T>, signal: AbortSignal | undefined): Promise<T> => {
  if (!signal) return work;
  const aborted = Promise.withResolvers<never>();
  const onAbort = (): void => aborted.reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
};

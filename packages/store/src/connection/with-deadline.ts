import { StoreUnavailableError } from '@signalbox/spec';
import { type Login, toStoreError } from './to-store-error.js';

/** How long a call may take, and the caller's way to end it sooner. */
export type CallOptions = {
  /** Milliseconds until the call fails with `StoreUnavailableError`. */
  timeoutMs?: number;
  /** Ends the call; it rejects with the signal's reason. */
  signal?: AbortSignal;
};

/**
 * Runs a request that heeds an `AbortSignal`, under a deadline, and translates how it fails. After a deadline or an
 * abort it is unknown whether ClickHouse has done what was asked.
 */
export async function withDeadline<T>(
  { login, timeoutMs, signal }: { login: Login; timeoutMs: number; signal: AbortSignal | undefined },
  request: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const deadline = AbortSignal.timeout(timeoutMs);
  try {
    return await request(signal === undefined ? deadline : AbortSignal.any([signal, deadline]));
  } catch (error) {
    throw toCallError(error, { login, timeoutMs, signal, deadline });
  }
}

/** What a failed call is to the caller: the reason of its own signal, a missed deadline, or `toStoreError`. */
export function toCallError(
  error: unknown,
  {
    login,
    timeoutMs,
    signal,
    deadline,
  }: { login: Login; timeoutMs: number; signal: AbortSignal | undefined; deadline: AbortSignal },
): unknown {
  if (signal?.aborted) return signal.reason;
  if (deadline.aborted)
    return new StoreUnavailableError({
      url: login.url,
      reason: `no answer within ${timeoutMs} ms`,
      cause: error,
    });
  return toStoreError(login, error);
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Issued, Oracle } from './oracle.js';

/** How a load is sent. */
export type LoadOptions = {
  readonly oracle: Oracle;
  /** Where to; asked before every attempt, as a collector may come back elsewhere. */
  readonly url: () => string;
  /** Senders that each have one request under way. Default 4. */
  readonly senders?: number;
  /** Time from one request of a sender to its next, unless the first takes longer. Default 5. */
  readonly everyMs?: number;
};

/** What an OTLP sender met. */
type LoadCounts = {
  sent: number;
  /** Attempts without an answer. */
  broken: number;
  /** Attempts that were answered 429 or 503. */
  refused: number;
  /** Answers that make a sender throw data away, such as 500. There should be none. */
  dropped: Record<number, number>;
};

/** Senders that run until they are stopped. */
export type Load = {
  readonly counts: LoadCounts;
  /** Resolves once every request that was begun is acknowledged. */
  stop(): Promise<void>;
  /** Ends the senders at once; what they had under way may or may not be stored. */
  abandon(): Promise<void>;
};

const ATTEMPT_MS = 15_000;
const RETRY_MS = 50;
const RETRYABLE = new Set([429, 502, 503, 504]);

/** Sends one request once. Resolves to the status; `null` without an answer. */
export const send = async (url: string, { body }: Pick<Issued, 'body'>): Promise<number | null> => {
  try {
    const response = await fetch(`${url}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      signal: AbortSignal.timeout(ATTEMPT_MS),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return null;
  }
};

/** Starts senders that behave as OTLP asks: a request that is not acknowledged is sent again, the same bytes. */
export const startLoad = ({ oracle, url, senders = 4, everyMs = 5 }: LoadOptions): Load => {
  const counts: LoadCounts = { sent: 0, broken: 0, refused: 0, dropped: {} };
  let isStopping = false;
  let isAbandoned = false;

  const deliver = async (request: Issued): Promise<void> => {
    while (!isAbandoned) {
      const status = await send(url(), request);
      if (status === 200) return oracle.acknowledge(request);
      if (status === null) counts.broken += 1;
      else if (RETRYABLE.has(status)) counts.refused += 1;
      else {
        counts.dropped[status] = (counts.dropped[status] ?? 0) + 1;
        return;
      }
      await sleep(RETRY_MS);
    }
  };

  const run = async (): Promise<void> => {
    let due = performance.now();
    while (!isStopping) {
      counts.sent += 1;
      await deliver(oracle.issue());
      due = Math.max(due + everyMs, performance.now() - everyMs);
      await sleep(Math.max(0, due - performance.now()));
    }
  };
  const ended = Promise.all(Array.from({ length: senders }, run));
  return {
    counts,
    async stop() {
      isStopping = true;
      await ended;
    },
    async abandon() {
      isStopping = true;
      isAbandoned = true;
      await ended;
    },
  };
};

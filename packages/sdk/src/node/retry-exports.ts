import { setTimeout as delay } from 'node:timers/promises';
import type { SpanExporter } from '@opentelemetry/sdk-trace';
import type { Random } from '@signalbox/spec';

type ExportResult = Parameters<Parameters<SpanExporter['export']>[1]>[0];

export type RetryOptions = {
  /** No try begins later than this many milliseconds after the first one of a batch. */
  deadlineMs: number;
  /** Milliseconds before the second try; doubles up to `maxBackoffMs`, with 20 % jitter. */
  minBackoffMs: number;
  maxBackoffMs: number;
  random: Random;
};

/** What exporters of spans and of log records have in common. */
interface Exporter<Item> {
  export(batch: Item[], done: (result: ExportResult) => void): void;
  shutdown(): Promise<void>;
}

/** An exporter that can be told to stop trying. */
export interface RetryingExporter<Item> extends Exporter<Item> {
  forceFlush(): Promise<void>;
  /** Fails every batch that is being sent or waits, and every later one, at once. */
  giveUp(): void;
}

/**
 * An exporter that sends the batches one after the other and each until the collector takes it, refuses it for
 * good, or the deadline passes. The exporter of OpenTelemetry retries by itself, but only within the timeout of one
 * request: too short for a collector that restarts. A batch whose answer got lost is sent again.
 */
export const retryExports = <Item>(next: Exporter<Item>, options: RetryOptions): RetryingExporter<Item> => {
  const stop = new AbortController();
  let last: Promise<unknown> = Promise.resolve();

  return {
    export: (batch, done) => {
      last = last
        .then(() => deliver(next, batch, options, stop.signal))
        .catch((error: unknown) => ({
          code: 1,
          error: error instanceof Error ? error : new Error(String(error)),
        }))
        .then(done);
    },
    giveUp: () => stop.abort(new Error('The export was given up, because telemetry is shutting down.')),
    forceFlush: async () => {
      await last;
    },
    shutdown: async () => {
      stop.abort(new Error('The exporter is shut down.'));
      await next.shutdown();
    },
  };
};

/** Tries until a result stands. Rejects when `signal` aborts, and when `next` throws, which a retry would not change. */
const deliver = async <Item>(
  next: Exporter<Item>,
  batch: Item[],
  { deadlineMs, minBackoffMs, maxBackoffMs, random }: RetryOptions,
  signal: AbortSignal,
): Promise<ExportResult> => {
  const deadline = performance.now() + deadlineMs;
  for (let backoffMs = minBackoffMs; ; backoffMs = Math.min(backoffMs * 2, maxBackoffMs)) {
    const result = await send(next, batch, signal);
    if (result.code === 0 || isFinal(result.error)) return result;
    const waitMs = backoffMs * (0.8 + 0.4 * random());
    if (performance.now() + waitMs > deadline) return result;
    await delay(waitMs, undefined, { signal });
  }
};

/** One try, cut short when `signal` aborts. */
const send = async <Item>(
  next: Exporter<Item>,
  batch: Item[],
  signal: AbortSignal,
): Promise<ExportResult> => {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<ExportResult>();
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    next.export(batch, resolve);
    return await promise;
  } finally {
    signal.removeEventListener('abort', abort);
  }
};

/**
 * True for an answer of the collector that a retry would not change. The OTLP exporter gives the HTTP status as `code`
 * only for statuses that OTLP forbids to retry; errors of the network have a text there, retryable statuses nothing.
 */
const isFinal = (error: Error | undefined): boolean =>
  error !== undefined && 'code' in error && typeof error.code === 'number';

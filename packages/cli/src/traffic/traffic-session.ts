import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { createSignalbox } from '@signalbox/sdk';
import { type SpanStats, setupTelemetry } from '@signalbox/sdk/node';
import type { SignalboxConfig } from '@signalbox/spec';
import { ALL_TENANTS, type RunSince, type Store, type StoredRun } from '@signalbox/store';
import { formatCount, formatShare } from '../output/format.js';
import { readLiveSummary } from '../output/live-summary.js';
import type { Output } from '../output/output.js';
import { createProgress } from '../output/progress.js';
import type { Arrival } from './arrival.js';
import type { LoadSize } from './measure-load.js';
import { readSettledRun } from './read-settled-run.js';
import { type Reconciliation, type RunSides, reconcile } from './reconcile.js';
import { runTraffic } from './run-traffic.js';
import { createTrafficCounts, type TrafficCounts } from './traffic-counts.js';

const REFRESH_MS = 2000;
const FLUSH_DEADLINE_MS = 90_000;

/** What one run of traffic came to. */
export type TrafficSession = {
  serviceInstanceId: string;
  counts: TrafficCounts;
  /** What became of the spans. */
  telemetry: SpanStats;
  /** `null` without a store to compare with, or when that did not answer. */
  reconciliation: Reconciliation | null;
  /** Why the store could not be asked; `null` when it was, or was not to be. */
  reconciliationError: string | null;
  /** True when a load with an end of its own was ended early. */
  interrupted: boolean;
};

/** Which load is sent where. */
export type TrafficSessionOptions = Pick<RunSides, 'simulated' | 'mayFail'> & {
  config: SignalboxConfig;
  /** OTLP/HTTP endpoint of the collector. */
  endpoint: string;
  /** Read for the live summary and the reconciliation; `null` for neither. */
  store: Store | null;
  arrivals: AsyncIterable<Arrival>;
  /** What the load should come to; unset when it has no end of its own. */
  size?: LoadSize;
  speed: number;
  seed: number;
  overrideShare: number;
  /** Ends the sending early. */
  signal: AbortSignal;
};

const progressLine = ({ sent, inFlight, failed }: TrafficCounts, size: LoadSize | undefined): string => {
  const share = size ? ` of ${formatCount(size.requests)} (${formatShare(sent / size.requests)})` : '';
  return `sent ${formatCount(sent)}${share} · in flight ${formatCount(inFlight)} · failed ${formatCount(failed)}`;
};

/** Shows a live summary every two seconds until stopped; then once more, as the last word. */
const showLiveSummary = (output: Output, readText: () => Promise<string>): (() => Promise<void>) => {
  const progress = createProgress(output);
  const stopped = new AbortController();
  const run = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      await delay(REFRESH_MS, undefined, { signal: stopped.signal }).catch(() => undefined);
      if (!stopped.signal.aborted) progress.update(await readText());
    }
  };
  const running = run();
  return async () => {
    stopped.abort();
    await running;
    progress.done(await readText());
  };
};

/**
 * Sends a load through the SDK with telemetry to `endpoint`, shows a live summary read from the store, flushes, and
 * reconciles. What was sent before an early end is still flushed and reconciled. A store that does not answer at the
 * end is part of the result, not an error: the counts of the run must not be lost with it.
 */
export const runTrafficSession = async (
  options: TrafficSessionOptions,
  output: Output,
): Promise<TrafficSession> => {
  const { config, store, signal, size } = options;
  const serviceInstanceId = randomUUID();
  const run: RunSince = { tenant: ALL_TENANTS, serviceInstanceId, since: new Date() };
  const telemetry = setupTelemetry({
    endpoint: options.endpoint,
    serviceName: config.telemetry?.serviceName ?? 'signalbox',
    serviceInstanceId,
  });
  const counts = createTrafficCounts();
  const stopSummary = showLiveSummary(output, async () => {
    // A summary that cannot be read is not worth ending the load for: the next one will tell.
    const summary = await (store && readLiveSummary(store, run))?.catch(() => 'ClickHouse does not answer.');
    return [progressLine(counts, size), ...(summary ? [summary] : [])].join('\n');
  });
  const readStored = async (): Promise<StoredRun | Error | null> => {
    if (!store) return null;
    const spans = telemetry.stats().spansAccepted;
    return readSettledRun(store, { serviceInstanceId, spans }).catch(toError);
  };
  let stored: StoredRun | Error | null;
  try {
    try {
      const targets = (config.targets ?? []).map((target) =>
        typeof target === 'string' ? target : target.id,
      );
      await runTraffic({ ...options, signalbox: createSignalbox(config), targets, counts });
      await telemetry.flush(FLUSH_DEADLINE_MS);
    } finally {
      await telemetry.shutdown();
    }
    stored = await readStored();
  } finally {
    // After what was acknowledged can be read, so that the last word is of all of it.
    await stopSummary();
  }

  const answered = counts.succeeded + counts.failed;
  const interrupted = signal.aborted && size !== undefined && answered < size.requests;
  const session = { serviceInstanceId, counts, telemetry: telemetry.stats(), interrupted };
  if (stored instanceof Error) {
    return { ...session, reconciliation: null, reconciliationError: stored.message };
  }
  const sides = stored && { ...options, ...session, stored, size: interrupted ? undefined : size };
  return { ...session, reconciliation: sides && reconcile(sides), reconciliationError: null };
};

const toError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

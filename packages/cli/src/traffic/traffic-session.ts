import { randomUUID } from 'node:crypto';
import { createSignalbox } from '@signalbox/sdk';
import { setupTelemetry } from '@signalbox/sdk/node';
import type { SignalboxConfig } from '@signalbox/spec';
import type { Store } from '@signalbox/store';
import { formatCount, formatShare } from '../output/format.js';
import { readLiveSummary } from '../output/live-summary.js';
import type { Output } from '../output/output.js';
import { createProgress } from '../output/progress.js';
import type { Arrival } from './arrival.js';
import type { LoadSize } from './measure-load.js';
import { type Reconciliation, reconcile } from './reconcile.js';
import { runTraffic } from './run-traffic.js';
import { createTrafficCounts, type TrafficCounts } from './traffic-counts.js';

const REFRESH_MS = 2000;
const FLUSH_DEADLINE_MS = 90_000;

/** What one run of traffic came to. `reconciliation` is `null` without a store to compare with. */
export type TrafficSession = {
  serviceInstanceId: string;
  counts: TrafficCounts;
  reconciliation: Reconciliation | null;
};

const progressLine = ({ sent, inFlight, failed }: TrafficCounts, size: LoadSize | undefined): string => {
  const share = size ? ` of ${formatCount(size.requests)} (${formatShare(sent / size.requests)})` : '';
  return `sent ${formatCount(sent)}${share} · in flight ${formatCount(inFlight)} · failed ${formatCount(failed)}`;
};

/**
 * Sends a load through the SDK with telemetry to `endpoint`, shows a live summary read from the store, flushes, and
 * reconciles. `signal` ends the sending early; what was sent by then is still flushed and reconciled.
 */
export const runTrafficSession = async (
  options: {
    config: SignalboxConfig;
    endpoint: string;
    store: Store | null;
    arrivals: AsyncIterable<Arrival>;
    /** What the load should come to; unset when it has no end of its own. */
    size?: LoadSize;
    speed: number;
    seed: number;
    overrideShare: number;
    /** The providers are the simulator, which counts tokens exactly as the load says. */
    simulated: boolean;
    signal: AbortSignal;
  },
  output: Output,
): Promise<TrafficSession> => {
  const { config, store, signal, size } = options;
  const serviceInstanceId = randomUUID();
  const telemetry = setupTelemetry({
    endpoint: options.endpoint,
    serviceName: config.telemetry?.serviceName ?? 'signalbox',
    serviceInstanceId,
  });
  const signalbox = createSignalbox(config);
  const counts = createTrafficCounts();
  const progress = createProgress(output);

  const refresh = async (): Promise<void> => {
    // A summary that cannot be read is not worth ending the load for: the next one will tell.
    const summary = store
      ? await readLiveSummary(store, serviceInstanceId).catch(() => 'ClickHouse does not answer.')
      : '';
    progress.update(`${progressLine(counts, size)}\n${summary}`);
  };
  const timer = setInterval(() => void refresh(), REFRESH_MS);
  try {
    await runTraffic({
      signalbox,
      targets: (config.targets ?? []).map(({ id }) => id),
      arrivals: options.arrivals,
      speed: options.speed,
      seed: options.seed,
      overrideShare: options.overrideShare,
      signal,
      counts,
    });
    await telemetry.flush(FLUSH_DEADLINE_MS);
  } finally {
    clearInterval(timer);
    await telemetry.shutdown();
  }
  const summary = store ? await readLiveSummary(store, serviceInstanceId) : '';
  progress.done(`${progressLine(counts, size)}\n${summary}`);
  const reconciliation = store
    ? await reconcile(store, {
        serviceInstanceId,
        counts,
        telemetry: telemetry.stats(),
        // A load that was ended early has no size to be compared with.
        size: signal.aborted ? undefined : size,
        simulated: options.simulated,
      })
    : null;
  return { serviceInstanceId, counts, reconciliation };
};

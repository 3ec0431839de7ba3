import type { CollectorConfig } from '@signalbox/spec';
import type { Store } from '@signalbox/store';
import { type Logger, pino } from 'pino';
import { type CollectorStats, createStatsRecorder } from './collector-stats.js';
import { createConsume } from './consume.js';
import { createClickHouseExporter } from './exporter/clickhouse-exporter.js';
import type { Exporter } from './exporter/exporter.js';
import { createAdmission } from './receiver/admission.js';
import { createReceiver } from './receiver/create-receiver.js';
import { listen } from './receiver/listen.js';

/** What `startCollector` takes. */
export type CollectorOptions = {
  readonly config: CollectorConfig;
  /** Receives what happens, without telemetry in it. Default: warnings and errors as JSON lines on standard error. */
  readonly logger?: Logger;
  /** Wall clock in milliseconds: the time of items that carry none. Default `Date.now`. */
  readonly epochMs?: () => number;
} & (
  | { /** Where rows go. The caller closes it, after the collector. */ readonly store: Store }
  | { /** Instead of a store: anything that takes batches. */ readonly exporter: Exporter }
);

/** A running collector. */
export interface Collector {
  /** `http://<host>:<port>`, what `OTEL_EXPORTER_OTLP_ENDPOINT` takes. */
  readonly url: string;
  /** The port that was taken, also where 0 was configured. */
  readonly port: number;
  /** Counters since the start. */
  stats(): CollectorStats;
  /**
   * Stops accepting and waits for the requests in flight, at most `deadlineMs` (default 10,000); what is then left gets
   * no answer. May be called again.
   */
  close(options?: { deadlineMs?: number }): Promise<void>;
}

const CLOSE_DEADLINE_MS = 10_000;
const MAX_REQUESTS_IN_FLIGHT = 256;

/**
 * Starts an OTLP/HTTP collector that answers 200 only after the rows are stored. Resolves when it listens.
 * Rejects with AddressInUseError when the port is taken. The store need not be reachable: until it is, senders get 503.
 */
export const startCollector = async (options: CollectorOptions): Promise<Collector> => {
  const { config, logger = createLogger(), epochMs = Date.now } = options;
  const { host, httpPort, maxBodyBytes, maxInflatedBytes, insertTimeoutMs } = config;
  const exporter =
    'exporter' in options
      ? options.exporter
      : createClickHouseExporter({ store: options.store, insertTimeoutMs });
  const stats = createStatsRecorder();
  const admission = createAdmission({
    maxRequests: MAX_REQUESTS_IN_FLIGHT,
    // Room for the largest request, compressed and inflated at once, and for ordinary ones beside it.
    maxBytes: 2 * Math.max(maxBodyBytes, maxInflatedBytes),
  });
  let closed: Promise<void> | undefined;
  const receiver = createReceiver({
    consume: createConsume({ exporter, epochMs }),
    exporter,
    admission,
    limits: { maxBodyBytes, maxInflatedBytes },
    stats,
    logger,
    isClosing: () => closed !== undefined,
  });
  const onError = (error: Error): void => logger.error({ err: error }, 'The listener failed.');
  const listener = await listen(receiver, { host, port: httpPort, onError });
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${listener.port}`;
  logger.info({ url }, 'Collector listens.');

  return {
    url,
    port: listener.port,
    stats: () => stats.read(admission.requests),
    close: ({ deadlineMs = CLOSE_DEADLINE_MS } = {}) => {
      closed ??= listener.close({ deadlineMs });
      return closed;
    },
  };
};

const createLogger = (): Logger => pino({ name: 'signalbox-collector', level: 'warn' }, pino.destination(2));

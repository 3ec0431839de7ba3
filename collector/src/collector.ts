import type { CollectorConfig } from '@signalbox/spec';
import type { Store } from '@signalbox/store';
import { type Logger, pino } from 'pino';
import { type CollectorStats, createStatsRecorder } from './collector-stats.js';
import { createConsume } from './consume.js';
import { createClickHouseExporter } from './exporter/clickhouse-exporter.js';
import type { Exporter } from './exporter/exporter.js';
import { startGrpcListener } from './grpc/grpc-listener.js';
import { createAdmission } from './receiver/admission.js';
import { createReceiver } from './receiver/create-receiver.js';
import { startHttpListener } from './receiver/http-listener.js';
import { createAuthenticate } from './security/authenticate.js';
import { readTlsOptions } from './security/read-tls-options.js';
import { readTokenDigests } from './security/read-token-digests.js';

/** What `startCollector` takes. */
export type CollectorOptions = {
  readonly config: CollectorConfig;
  /** Receives what happens, without telemetry in it. Default: warnings and errors as JSON lines on standard error. */
  readonly logger?: Logger;
  /** Wall clock in milliseconds: the time of items that carry none. Default `Date.now`. */
  readonly epochMs?: () => number;
  /** Where `tokenEnv` of the configuration is looked up. Default `process.env`. */
  readonly environment?: NodeJS.ProcessEnv;
} & (
  | { /** Where rows go. The caller closes it, after the collector. */ readonly store: Store }
  | { /** Instead of a store: anything that takes batches. */ readonly exporter: Exporter }
);

/** A running collector. */
export interface Collector {
  /** `http://<host>:<port>`, or `https:`: what `OTEL_EXPORTER_OTLP_ENDPOINT` takes. */
  readonly url: string;
  /** The OTLP/HTTP port that was taken, also where 0 was configured. */
  readonly port: number;
  /** The OTLP/gRPC port that was taken; `null` where it is turned off. */
  readonly grpcPort: number | null;
  /** Counters since the start. */
  stats(): CollectorStats;
  /**
   * Stops accepting and waits for the requests in flight, at most `deadlineMs` (default `closeTimeoutMs` of the
   * configuration); what is then left gets no answer. May be called again.
   */
  close(options?: { deadlineMs?: number }): Promise<void>;
}

/**
 * Starts an OTLP collector that answers success only after the rows are stored. Resolves when it listens. Rejects with
 * AddressInUseError when a port is taken, with ConfigInvalidError when a token or a TLS file is missing. The store need
 * not be reachable: until it is, senders are told to try again.
 */
export const startCollector = async (options: CollectorOptions): Promise<Collector> => {
  const { config, logger = createLogger(), epochMs = Date.now, environment = process.env } = options;
  const { host, maxBodyBytes, maxInflatedBytes, maxConnections, insertTimeoutMs } = config;
  const tls = config.tls === undefined ? null : readTlsOptions(config.tls);
  const exporter =
    'exporter' in options
      ? options.exporter
      : createClickHouseExporter({ store: options.store, insertTimeoutMs });
  const stats = createStatsRecorder();
  // Room for the largest request, compressed and inflated at once, and for ordinary ones beside it.
  const admission = createAdmission({ maxBytes: 2 * Math.max(maxBodyBytes, maxInflatedBytes) });
  const parts = {
    authenticate: createAuthenticate(readTokenDigests(config.tokens, environment)),
    consume: createConsume({ exporter, epochMs }),
    admission,
    limits: { maxBodyBytes, maxInflatedBytes },
    stats,
    logger,
  };
  let closed: Promise<void> | undefined;
  const receiver = createReceiver({ ...parts, exporter, isClosing: () => closed !== undefined });
  const onError = (error: Error): void => logger.error({ err: error }, 'A listener failed.');
  const shared = { host, tls, maxConnections, onError };
  const http = await startHttpListener(receiver, { ...shared, ...HTTP, port: config.httpPort });
  const listeners = [http];
  let grpcPort: number | null = null;
  if (config.grpcPort !== null) {
    const grpc = await startGrpcListener({ ...parts, ...shared, ...GRPC, port: config.grpcPort }).catch(
      async (error: unknown) => {
        await http.close({ deadlineMs: 0 });
        throw error;
      },
    );
    listeners.push(grpc);
    grpcPort = grpc.port;
  }
  const scheme = tls === null ? 'http' : 'https';
  const url = `${scheme}://${host.includes(':') ? `[${host}]` : host}:${http.port}`;
  logger.info({ url, grpcPort }, 'Collector listens.');

  return {
    url,
    port: http.port,
    grpcPort,
    stats: () => stats.read(admission.requests),
    close: ({ deadlineMs = config.closeTimeoutMs } = {}) => {
      closed ??= Promise.all(listeners.map((listener) => listener.close({ deadlineMs }))).then(
        () => undefined,
      );
      return closed;
    },
  };
};

const HTTP = { protocol: 'OTLP/HTTP', option: '`collector.httpPort`' };
const GRPC = { protocol: 'OTLP/gRPC', option: '`collector.grpcPort`' };

const createLogger = (): Logger => pino({ name: 'signalbox-collector', level: 'warn' }, pino.destination(2));

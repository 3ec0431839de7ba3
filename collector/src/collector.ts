import type { ClickHouseConfig, CollectorConfig } from '@signalbox/spec';
import { type Logger, pino } from 'pino';
import { createBufferPool } from './buffer-pool.js';
import { type CollectorStats, createStatsRecorder } from './collector-stats.js';
import { createManifestLedger } from './conservation/manifest-ledger.js';
import { type ConservationStats, startConservation } from './conservation/start-conservation.js';
import { createConsume } from './consume.js';
import { createClickHouseHttp } from './drain/clickhouse-http.js';
import type { DrainStats } from './drain/drain-stats.js';
import { startDrain } from './drain/start-drain.js';
import { createRequestEncoder } from './encode/create-request-encoder.js';
import { DEFAULT_REDACTED_ATTRIBUTES } from './encode/redacted-attributes.js';
import type { LogStats } from './log/log-stats.js';
import { openLog } from './log/open-log.js';
import { createClickHouseProbe } from './operations/probe-clickhouse.js';
import type { Readings } from './operations/readings.js';
import { createSelfMetrics } from './operations/self-metrics.js';
import { type Receivers, startReceivers } from './receiver/start-receivers.js';
import { createMetricsAccess } from './security/metrics-access.js';
import { createSteadyClock } from './steady-clock.js';

/** What `startCollector` takes. */
export type CollectorOptions = {
  readonly config: CollectorConfig;
  /** Where rows go. Need not be reachable: until it is, they wait in the log. */
  readonly clickhouse: ClickHouseConfig;
  /** Receives what happens, without telemetry in it. Default: warnings and errors as JSON lines on standard error. */
  readonly logger?: Logger;
  /** Wall clock in milliseconds: the time of items that carry none. Default `Date.now`. */
  readonly epochMs?: () => number;
  /** Where the variables are looked up that the configuration names. Default `process.env`. */
  readonly environment?: NodeJS.ProcessEnv;
};

/** A running collector. */
export interface Collector {
  /** `http://<host>:<port>`, or `https:`: what `OTEL_EXPORTER_OTLP_ENDPOINT` takes. */
  readonly url: string;
  /** The OTLP/HTTP port that was taken, also where 0 was configured. */
  readonly port: number;
  /** The OTLP/gRPC port that was taken; `null` where it is turned off. */
  readonly grpcPort: number | null;
  /** What it has done since the start, and how it is doing. */
  stats(): CollectorReport;
  /** Compares now what was committed with what ClickHouse has, which otherwise happens every minute. */
  checkConservation(): Promise<ConservationStats>;
  /**
   * Stops accepting, answers the requests in flight and ends the running inserts, within `deadlineMs` (default
   * `closeTimeoutMs` of the configuration); what is then left gets no answer. Rows that are not in ClickHouse stay in the
   * log for the next start. May be called again.
   */
  close(options?: { deadlineMs?: number }): Promise<void>;
}

/** How a collector is doing: its receivers, its log, and what goes from there to ClickHouse. */
export type CollectorReport = CollectorStats & {
  readonly log: LogStats;
  readonly drain: DrainStats;
  readonly conservation: ConservationStats;
};

const MS_PER_MINUTE = 60_000;
/** Unused buffers that are kept for the next requests and blocks. */
const POOL_BYTES = 48 * 1024 * 1024;

/**
 * Starts a collector that answers success when the rows are on disk, and inserts them into ClickHouse for as long as that
 * takes. Resolves when it listens. Rejects with AddressInUseError when a port is taken, LogLockedError when another
 * collector has the log, DirectoryUnusableError, LogFailedError, and ConfigInvalidError when a token or a TLS file is
 * missing; nothing is left open then.
 */
export const startCollector = async (options: CollectorOptions): Promise<Collector> => {
  const {
    config,
    clickhouse,
    logger = createLogger(),
    epochMs = Date.now,
    environment = process.env,
  } = options;
  const isMetricsReader = createMetricsAccess(config, environment);
  const { retainMinutes, ...logConfig } = config.log;
  const retainMs = retainMinutes * MS_PER_MINUTE;
  const steadyMs = createSteadyClock(epochMs);
  const buffers = createBufferPool({ maxBytes: POOL_BYTES });
  const log = await openLog({ ...logConfig, retainMs, buffers, logger, epochMs: steadyMs });
  const ledger = createManifestLedger();
  const { insertTimeoutMs, requireExactlyOnce } = config;
  const drain = startDrain({
    ...{ blocks: log, clickhouse, logger, insertTimeoutMs, requireExactlyOnce, retainMs },
    onCommitted: ledger.note,
  });
  const conservation = startConservation({
    blocks: log,
    ledger,
    drain,
    clickhouse,
    logger,
    epochMs: steadyMs,
  });
  const probed = createClickHouseHttp(clickhouse);
  const probe = createClickHouseProbe(probed);

  const stats = createStatsRecorder();
  const read = (): Readings => {
    const load = receivers?.load() ?? IDLE;
    const parts = { log: log.stats(), drain: drain.stats(), conservation: conservation.stats() };
    return { receivers: stats.read(load.requests), load, ...parts, now: steadyMs() };
  };
  const metrics = createSelfMetrics({ ...config.metrics, read, logger });
  let closed: Promise<void> | undefined;
  const close = async (deadlineMs: number): Promise<void> => {
    const start = performance.now();
    await receivers?.close({ deadlineMs });
    const leftMs = Math.max(0, deadlineMs - (performance.now() - start));
    await Promise.all([conservation.close(), drain.close({ deadlineMs: leftMs }), metrics.close()]);
    probed.close();
    await log.close();
  };

  let receivers: Receivers | undefined;
  try {
    receivers = await startReceivers({
      config,
      environment,
      logger,
      stats,
      buffers,
      consume: createConsume({
        encode: createRequestEncoder({
          limits: { maxValueBytes: config.maxValueBytes },
          redactedAttributes: [...DEFAULT_REDACTED_ATTRIBUTES, ...config.redactAttributes],
          buffers,
        }),
        buffers,
        log,
        epochMs,
        stats,
        recordAck: metrics.recordAck,
      }),
      health: async () => ({
        collector: closed === undefined ? null : 'the collector is closing',
        log: log.stats().refusing,
        clickhouse: drain.notReadyReason() ?? (await probe()),
      }),
      metricsPage: { isAllowed: isMetricsReader, render: metrics.render },
    });
  } catch (error) {
    await close(0);
    throw error;
  }
  const { url, port, grpcPort } = receivers;
  logger.info({ url, grpcPort }, 'Collector listens.');

  return {
    url,
    port,
    grpcPort,
    stats: () => {
      const { receivers: counted, log, drain, conservation } = read();
      return { ...counted, log, drain, conservation };
    },
    async checkConservation() {
      await conservation.check();
      return conservation.stats();
    },
    close: ({ deadlineMs = config.closeTimeoutMs } = {}) => {
      closed ??= close(deadlineMs);
      return closed;
    },
  };
};

const IDLE = { requests: 0, bytes: 0, connections: { http: 0, grpc: 0 } };

const createLogger = (): Logger => pino({ name: 'signalbox-collector', level: 'warn' }, pino.destination(2));

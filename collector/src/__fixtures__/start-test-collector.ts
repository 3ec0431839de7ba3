import { type CollectorConfig, parseConfig } from '@signalbox/spec';
import { type Logger, pino } from 'pino';
import { onTestFinished } from 'vitest';
import { createBufferPool } from '../buffer-pool.js';
import { type CollectorStats, createStatsRecorder } from '../collector-stats.js';
import { createConsume } from '../consume.js';
import { createRequestEncoder, type RequestEncoder } from '../encode/create-request-encoder.js';
import type { Health } from '../operations/health.js';
import { type Receivers, startReceivers } from '../receiver/start-receivers.js';
import { createMetricsAccess } from '../security/metrics-access.js';
import { createRecordingLog, type RecordingLog } from './recording-log.js';

/** Defaults of the configuration, on a free port. */
export const testConfig: CollectorConfig = parseConfig({ collector: { httpPort: 0, grpcPort: null } }).collector;

/** The receiving half of a collector. */
export type TestCollector = Omit<Receivers, 'close'> & {
  stats(): CollectorStats;
  close(options?: { deadlineMs?: number }): Promise<void>;
};

const HEALTHY: Health = async () => ({ collector: null, log: null, clickhouse: null });

const encode = createRequestEncoder();

/** The receivers on free ports over a log in memory; they end with the test. Silent. */
export const startTestCollector = async ({
  config = {},
  log = createRecordingLog(),
  logger = pino({ level: 'silent' }),
  environment = {},
  health = HEALTHY,
  encode: given = encode,
}: {
  config?: Partial<CollectorConfig>;
  log?: RecordingLog;
  logger?: Logger;
  environment?: NodeJS.ProcessEnv;
  health?: Health;
  encode?: RequestEncoder;
} = {}): Promise<{ collector: TestCollector; log: RecordingLog }> => {
  const merged = { ...testConfig, ...config };
  const stats = createStatsRecorder();
  const receivers = await startReceivers({
    config: merged,
    environment,
    logger,
    stats,
    buffers: createBufferPool({ maxBytes: 1024 * 1024 }),
    consume: createConsume({
      encode: given,
      // The log keeps what it was given.
      buffers: { give: () => undefined },
      log,
      epochMs: Date.now,
      stats,
      recordAck: () => undefined,
    }),
    health,
    metricsPage: { isAllowed: createMetricsAccess(merged, environment), render: async () => '# nothing\n' },
  });
  onTestFinished(() => receivers.close({ deadlineMs: 0 }));
  const collector: TestCollector = {
    ...receivers,
    stats: () => stats.read(receivers.load().requests),
    close: ({ deadlineMs = 10_000 } = {}) => receivers.close({ deadlineMs }),
  };
  return { collector, log };
};

import type { CollectorConfig } from '@signalbox/spec';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { type Collector, type CollectorOptions, startCollector } from '../collector.js';
import { createRecordingExporter, type RecordingExporter } from './recording-exporter.js';

/** Defaults of the configuration, on a free port. */
export const testConfig: CollectorConfig = {
  host: '127.0.0.1',
  httpPort: 0,
  grpcPort: null,
  maxBodyBytes: 20 * 1024 * 1024,
  maxInflatedBytes: 64 * 1024 * 1024,
  maxConnections: 4_096,
  insertTimeoutMs: 30_000,
  closeTimeoutMs: 10_000,
  tokens: [],
};

/** A collector on a free port that ends with the test. Silent, and recording unless an exporter is given. */
export const startTestCollector = async ({
  config = {},
  exporter = createRecordingExporter(),
  ...options
}: {
  config?: Partial<CollectorConfig>;
  exporter?: RecordingExporter;
} & Pick<CollectorOptions, 'logger' | 'epochMs' | 'environment'> = {}): Promise<{
  collector: Collector;
  exporter: RecordingExporter;
}> => {
  const collector = await startCollector({
    config: { ...testConfig, ...config },
    exporter,
    logger: pino({ level: 'silent' }),
    ...options,
  });
  onTestFinished(() => collector.close({ deadlineMs: 0 }));
  return { collector, exporter };
};

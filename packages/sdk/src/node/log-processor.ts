import type { BatchLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { exporterOptions } from './exporter-options.js';
import type { OpenTelemetryPackages } from './open-telemetry-packages.js';
import { retryExports } from './retry-exports.js';
import type { ResolvedSetupOptions } from './telemetry-setup-options.js';

// The retrying exporter keeps the time, as for spans.
const NEVER_MS = 2 ** 31 - 1;

/** The way of a log record, which here is feedback, to the collector; and the end of trying. */
export const createLogProcessor = (
  packages: OpenTelemetryPackages,
  options: ResolvedSetupOptions,
): { processor: BatchLogRecordProcessor; giveUp(): void } => {
  const { BatchLogRecordProcessor } = packages['@opentelemetry/sdk-logs'];
  const { OTLPLogExporter } = packages['@opentelemetry/exporter-logs-otlp-proto'];
  const exporter = retryExports(new OTLPLogExporter(exporterOptions(options, 'v1/logs')), {
    deadlineMs: options.retryDeadlineMs,
    minBackoffMs: 250,
    maxBackoffMs: 5000,
    random: Math.random,
  });
  const processor = new BatchLogRecordProcessor({
    exporter,
    maxQueueSize: options.maxQueueSize,
    maxExportBatchSize: options.maxBatchSize,
    scheduledDelayMillis: options.batchDelayMs,
    exportTimeoutMillis: NEVER_MS,
  });
  return { processor, giveUp: exporter.giveUp };
};

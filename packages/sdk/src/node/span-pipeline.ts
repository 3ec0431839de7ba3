import type { SpanProcessor } from '@opentelemetry/sdk-trace';
import { countEndedSpans } from './count-ended-spans.js';
import { countExportedSpans } from './count-exported-spans.js';
import { countRejectedSpans } from './count-rejected-spans.js';
import { exporterOptions } from './exporter-options.js';
import type { OpenTelemetryPackages } from './open-telemetry-packages.js';
import { retryExports } from './retry-exports.js';
import type { SpanLedger } from './span-ledger.js';
import type { ResolvedSetupOptions } from './telemetry-setup-options.js';

/** The way of a span from its end to the collector. */
export interface SpanPipeline {
  processor: SpanProcessor;
  /** Sends what is queued; resolves when no span is pending any more. */
  flush(): Promise<void>;
  /** Loses what is pending, at once. */
  giveUp(): void;
}

// The retrying exporter keeps the time; the timer of the batch processor would only give up waiting for it.
const NEVER_MS = 2 ** 31 - 1;

export const createSpanPipeline = (
  packages: OpenTelemetryPackages,
  options: ResolvedSetupOptions,
  ledger: SpanLedger,
): SpanPipeline => {
  const { BatchSpanProcessor } = packages['@opentelemetry/sdk-trace'];
  const { OTLPTraceExporter } = packages['@opentelemetry/exporter-trace-otlp-proto'];

  const otlp = new OTLPTraceExporter(exporterOptions(options, 'v1/traces'));
  const retrying = retryExports(otlp, {
    deadlineMs: options.retryDeadlineMs,
    minBackoffMs: 250,
    maxBackoffMs: 5000,
    random: Math.random,
  });
  const batches = new BatchSpanProcessor({
    exporter: countExportedSpans(retrying, { ledger, takeRejected: countRejectedSpans(otlp) }),
    maxQueueSize: options.maxQueueSize,
    maxExportBatchSize: options.maxBatchSize,
    scheduledDelayMillis: options.batchDelayMs,
    exportTimeoutMillis: NEVER_MS,
  });

  return {
    processor: countEndedSpans(batches, { ledger, maxPending: options.maxQueueSize }),
    flush: async () => {
      // The processor rejects when a batch is lost; the ledger has counted it.
      await Promise.allSettled([batches.forceFlush()]);
      await ledger.settled();
    },
    giveUp: retrying.giveUp,
  };
};

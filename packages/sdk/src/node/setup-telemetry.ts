import { metrics, trace } from '@opentelemetry/api';
import { TelemetryRegisteredError } from '@signalbox/spec';
import { isSdkRegistered } from './is-sdk-registered.js';
import { loadPackages } from './load-packages.js';
import { createMetricReader } from './metric-reader.js';
import { createResource } from './resource.js';
import { settledWithin } from './settled-within.js';
import { createSpanLedger, type SpanStats } from './span-ledger.js';
import { createSpanPipeline } from './span-pipeline.js';
import { resolveSetupOptions, type TelemetrySetupOptions } from './telemetry-setup-options.js';

/** A running OpenTelemetry SDK. */
export interface TelemetrySetup {
  /** What became of the spans so far. */
  stats(): SpanStats;
  /**
   * Sends what is there, and waits until no span is pending or `timeoutMs` has passed (default `retryDeadlineMs`).
   * Never rejects: what is still pending, or was lost, is in the returned stats.
   */
  flush(options?: { timeoutMs?: number | undefined }): Promise<SpanStats>;
  /**
   * Flushes, stops, and makes room for another setup. What is pending after `timeoutMs` (default 10,000) is lost and
   * counted so. Takes a second longer at most. Later calls return the same promise. Never rejects.
   */
  shutdown(options?: { timeoutMs?: number | undefined }): Promise<SpanStats>;
}

const PACKAGES = {
  '@opentelemetry/sdk-node': () => import('@opentelemetry/sdk-node'),
  '@opentelemetry/sdk-trace': () => import('@opentelemetry/sdk-trace'),
  '@opentelemetry/sdk-metrics': () => import('@opentelemetry/sdk-metrics'),
  '@opentelemetry/resources': () => import('@opentelemetry/resources'),
  '@opentelemetry/exporter-trace-otlp-proto': () => import('@opentelemetry/exporter-trace-otlp-proto'),
  '@opentelemetry/exporter-metrics-otlp-proto': () => import('@opentelemetry/exporter-metrics-otlp-proto'),
};

/**
 * Registers an OpenTelemetry SDK that exports spans and metrics over OTLP/HTTP (protobuf, gzip), for services that have
 * none yet. Spans survive a collector that restarts, and those that do not arrive are counted. Call it once, before the
 * traffic begins; `shutdown()` before the process ends. `OTEL_SDK_DISABLED=true` turns it off.
 *
 * @throws {ConfigInvalidError} for an option out of range.
 * @throws {TelemetryRegisteredError} when the process has an SDK already: nothing is replaced.
 * @throws {DependencyMissingError} naming the optional packages to install.
 */
export const setupTelemetry = async (options: TelemetrySetupOptions = {}): Promise<TelemetrySetup> => {
  const resolved = resolveSetupOptions(options);
  const packages = await loadPackages('setupTelemetry()', PACKAGES);
  if (isSdkRegistered()) throw new TelemetryRegisteredError();

  const ledger = createSpanLedger();
  const spans = createSpanPipeline(packages, resolved, ledger);
  const metricReader = createMetricReader(packages, resolved);
  const sdk = new packages['@opentelemetry/sdk-node'].NodeSDK({
    autoDetectResources: false,
    resource: createResource(packages['@opentelemetry/resources'], resolved),
    spanProcessors: [spans.processor],
    metricReaders: [metricReader],
    logRecordProcessors: [],
  });
  sdk.start();

  const flush = async (timeoutMs: number): Promise<SpanStats> => {
    await settledWithin(timeoutMs, [spans.flush(), metricReader.forceFlush()]);
    return ledger.stats();
  };
  const stop = async (timeoutMs: number): Promise<SpanStats> => {
    await flush(timeoutMs);
    spans.giveUp();
    await settledWithin(1000, [sdk.shutdown()]);
    // Nothing can be sent any more, whatever held it.
    ledger.lose(ledger.pending());
    trace.disable();
    metrics.disable();
    return ledger.stats();
  };

  let stopped: Promise<SpanStats> | null = null;
  return {
    stats: ledger.stats,
    flush: ({ timeoutMs = resolved.retryDeadlineMs } = {}) => flush(timeoutMs),
    shutdown: ({ timeoutMs = 10_000 } = {}) => {
      stopped ??= stop(timeoutMs);
      return stopped;
    },
  };
};

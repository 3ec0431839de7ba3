import { logs, metrics, trace } from '@opentelemetry/api';
import { TelemetryRegisteredError } from '@signalbox/spec';
import { isSdkRegistered } from './is-sdk-registered.js';
import { createLogProcessor } from './log-processor.js';
import { createMetricReader } from './metric-reader.js';
import { loadOpenTelemetryPackages } from './open-telemetry-packages.js';
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
   * Never rejects: what is still pending, or was lost, is in `stats()`.
   */
  flush(timeoutMs?: number): Promise<void>;
  /**
   * Flushes, stops, and makes room for another setup. What is pending after `timeoutMs` (default 10,000) is lost and
   * counted so. Takes a second longer at most. Later calls return the same promise. Never rejects.
   */
  shutdown(timeoutMs?: number): Promise<void>;
}

/**
 * Registers an OpenTelemetry SDK that exports spans, metrics and log records over OTLP/HTTP (protobuf, gzip), for services that have
 * none yet. Spans survive a collector that restarts, and those that do not arrive are counted. Call it once, before the
 * traffic begins; `shutdown()` before the process ends. `OTEL_SDK_DISABLED=true` turns it off.
 *
 * @throws {ConfigInvalidError} for an option out of range.
 * @throws {TelemetryRegisteredError} when the process has an SDK already: nothing is replaced.
 * @throws {DependencyMissingError} naming the optional packages to install.
 */
export const setupTelemetry = (options: TelemetrySetupOptions = {}): TelemetrySetup => {
  const resolved = resolveSetupOptions(options);
  if (isSdkRegistered()) throw new TelemetryRegisteredError();
  const packages = loadOpenTelemetryPackages();

  const ledger = createSpanLedger();
  const spans = createSpanPipeline(packages, resolved, ledger);
  const metricReader = createMetricReader(packages, resolved);
  const feedback = createLogProcessor(packages, resolved);
  const sdk = new packages['@opentelemetry/sdk-node'].NodeSDK({
    autoDetectResources: false,
    resource: createResource(packages['@opentelemetry/resources'], resolved),
    spanProcessors: [spans.processor],
    metricReaders: [metricReader],
    logRecordProcessors: [feedback.processor],
  });
  sdk.start();

  const flush = (timeoutMs: number): Promise<void> =>
    settledWithin(timeoutMs, [spans.flush(), metricReader.forceFlush(), feedback.processor.forceFlush()]);
  const stop = async (timeoutMs: number): Promise<void> => {
    await flush(timeoutMs);
    spans.giveUp();
    feedback.giveUp();
    await settledWithin(1000, [sdk.shutdown()]);
    // Nothing can be sent any more, whatever held it.
    ledger.lose(ledger.pending());
    trace.disable();
    metrics.disable();
    logs.disable();
  };

  let stopped: Promise<void> | null = null;
  return {
    stats: ledger.stats,
    flush: (timeoutMs = resolved.retryDeadlineMs) => flush(timeoutMs),
    shutdown: (timeoutMs = 10_000) => {
      stopped ??= stop(timeoutMs);
      return stopped;
    },
  };
};

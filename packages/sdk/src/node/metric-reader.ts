import type { PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { exporterOptions } from './exporter-options.js';
import type { OpenTelemetryPackages } from './open-telemetry-packages.js';
import type { ResolvedSetupOptions } from './telemetry-setup-options.js';

/**
 * Exports all metrics at the interval. Sums are cumulative: what one export loses the next one carries, so that nothing
 * is kept for a retry.
 */
export const createMetricReader = (
  packages: OpenTelemetryPackages,
  options: ResolvedSetupOptions,
): PeriodicExportingMetricReader => {
  const { PeriodicExportingMetricReader } = packages['@opentelemetry/sdk-metrics'];
  const { OTLPMetricExporter } = packages['@opentelemetry/exporter-metrics-otlp-proto'];
  return new PeriodicExportingMetricReader({
    exporter: new OTLPMetricExporter(exporterOptions(options, 'v1/metrics')),
    exportIntervalMillis: options.metricIntervalMs,
    exportTimeoutMillis: Math.min(options.requestTimeoutMs, options.metricIntervalMs),
  });
};

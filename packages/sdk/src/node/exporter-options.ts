import type { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import type { ResolvedSetupOptions } from './telemetry-setup-options.js';

type ExporterOptions = NonNullable<ConstructorParameters<typeof OTLPTraceExporter>[0]>;

/**
 * Options of an OTLP exporter for one signal, whose path (`v1/traces`) is added to the endpoint. What is left out falls
 * back to `OTEL_EXPORTER_OTLP_*`.
 */
export const exporterOptions = (
  { endpoint, headers, requestTimeoutMs }: ResolvedSetupOptions,
  path: string,
): ExporterOptions => ({
  compression: 'gzip' as NonNullable<ExporterOptions['compression']>,
  timeoutMillis: requestTimeoutMs,
  ...(endpoint !== undefined && { url: `${endpoint.replace(/\/+$/, '')}/${path}` }),
  ...(headers && { headers: { ...headers } }),
});

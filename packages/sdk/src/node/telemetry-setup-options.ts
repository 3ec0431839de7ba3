import type { Attributes } from '@opentelemetry/api';
import { ConfigInvalidError, type ConfigIssue } from '@signalbox/spec';

/** Where telemetry goes, under which name, and within which bounds. Everything has a default. */
export type TelemetrySetupOptions = {
  /** Base URL of an OTLP/HTTP collector. Default: `OTEL_EXPORTER_OTLP_ENDPOINT`, else `http://localhost:4318`. */
  endpoint?: string | undefined;
  /** Sent with every export, for example `authorization`. Default: `OTEL_EXPORTER_OTLP_HEADERS`. */
  headers?: Readonly<Record<string, string>> | undefined;
  /** Default: `OTEL_SERVICE_NAME`, else `unknown_service:node`. */
  serviceName?: string | undefined;
  /** Names this process among those of the service. Default: a random UUID. */
  serviceInstanceId?: string | undefined;
  /** Further attributes of the resource, added to those of `OTEL_RESOURCE_ATTRIBUTES`. */
  resourceAttributes?: Attributes | undefined;
  /** Milliseconds between two exports of metrics. Default 10,000. */
  metricIntervalMs?: number | undefined;
  /** Spans that may be pending, queued and in flight together; more are lost. Default 65,536. */
  maxQueueSize?: number | undefined;
  /** Spans in one export. Default 2,048. */
  maxBatchSize?: number | undefined;
  /** Milliseconds that a span waits for others to share an export with. Default 500. */
  batchDelayMs?: number | undefined;
  /** Milliseconds that one export may take. Default 30,000, as long as a collector may wait for its database. */
  requestTimeoutMs?: number | undefined;
  /** Milliseconds after which a batch that the collector does not take is lost. Default 60,000. */
  retryDeadlineMs?: number | undefined;
};

const DEFAULTS = {
  metricIntervalMs: 10_000,
  maxQueueSize: 65_536,
  maxBatchSize: 2_048,
  batchDelayMs: 500,
  requestTimeoutMs: 30_000,
  retryDeadlineMs: 60_000,
};

export type ResolvedSetupOptions = Omit<TelemetrySetupOptions, keyof typeof DEFAULTS> & typeof DEFAULTS;

/**
 * The options with their defaults.
 * @throws {ConfigInvalidError} naming every option that is out of range.
 */
export const resolveSetupOptions = (options: TelemetrySetupOptions): ResolvedSetupOptions => {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const resolved: ResolvedSetupOptions = { ...DEFAULTS, ...Object.fromEntries(given) };
  const issues = findIssues(resolved);
  if (issues.length > 0) throw new ConfigInvalidError({ source: 'setupTelemetry()', issues });
  // A batch larger than the queue would wait for spans that do not fit.
  return { ...resolved, maxBatchSize: Math.min(resolved.maxBatchSize, resolved.maxQueueSize) };
};

const findIssues = (options: ResolvedSetupOptions): ConfigIssue[] => {
  const issues: ConfigIssue[] = [];
  if (options.endpoint !== undefined && !isHttpUrl(options.endpoint)) {
    issues.push({ path: 'endpoint', message: `expected an http or https URL, got "${options.endpoint}"` });
  }
  for (const name of Object.keys(DEFAULTS) as (keyof typeof DEFAULTS)[]) {
    const value = options[name];
    if (Number.isInteger(value) && value > 0 && value <= 2 ** 31 - 1) continue;
    issues.push({ path: name, message: `expected an integer from 1 to 2147483647, got ${value}` });
  }
  return issues;
};

const isHttpUrl = (text: string): boolean => /^https?:$/.test(URL.parse(text)?.protocol ?? '');

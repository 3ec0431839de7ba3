import { createRequire } from 'node:module';
import { DependencyMissingError } from '@signalbox/spec';

/** The modules of the optional packages that `setupTelemetry` is built from, by package name. */
export type OpenTelemetryPackages = {
  '@opentelemetry/sdk-node': typeof import('@opentelemetry/sdk-node');
  '@opentelemetry/sdk-trace': typeof import('@opentelemetry/sdk-trace');
  '@opentelemetry/sdk-logs': typeof import('@opentelemetry/sdk-logs');
  '@opentelemetry/sdk-metrics': typeof import('@opentelemetry/sdk-metrics');
  '@opentelemetry/resources': typeof import('@opentelemetry/resources');
  '@opentelemetry/exporter-trace-otlp-proto': typeof import('@opentelemetry/exporter-trace-otlp-proto');
  '@opentelemetry/exporter-logs-otlp-proto': typeof import('@opentelemetry/exporter-logs-otlp-proto');
  '@opentelemetry/exporter-metrics-otlp-proto': typeof import('@opentelemetry/exporter-metrics-otlp-proto');
};

const NAMES = [
  '@opentelemetry/sdk-node',
  '@opentelemetry/sdk-trace',
  '@opentelemetry/sdk-logs',
  '@opentelemetry/sdk-metrics',
  '@opentelemetry/resources',
  '@opentelemetry/exporter-trace-otlp-proto',
  '@opentelemetry/exporter-logs-otlp-proto',
  '@opentelemetry/exporter-metrics-otlp-proto',
] satisfies (keyof OpenTelemetryPackages)[];

/**
 * Loads the packages. They are required rather than imported, so that setting up is synchronous and yet all that are
 * missing can be named; OpenTelemetry keeps its globals such that both module systems share them.
 * @throws {DependencyMissingError} naming every package that is not installed.
 */
export const loadOpenTelemetryPackages = (
  require: (name: string) => unknown = createRequire(import.meta.url),
): OpenTelemetryPackages => {
  const missing: string[] = [];
  const modules: Record<string, unknown> = {};
  for (const name of NAMES) {
    try {
      modules[name] = require(name);
    } catch (error) {
      if (!isNotInstalled(error, name)) throw error;
      missing.push(name);
    }
  }
  if (missing.length > 0)
    throw new DependencyMissingError({ feature: 'setupTelemetry()', packages: missing });
  return modules as OpenTelemetryPackages;
};

/** True when it is `name` itself that was not found, rather than something that it needs in turn. */
const isNotInstalled = (error: unknown, name: string): boolean =>
  error instanceof Error &&
  'code' in error &&
  error.code === 'MODULE_NOT_FOUND' &&
  error.message.includes(`'${name}'`);

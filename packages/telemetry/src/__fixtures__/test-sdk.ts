import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import {
  AggregationTemporality,
  type DataPoint,
  type Histogram,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { InMemorySpanExporter, type Sampler, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';

/** A real OpenTelemetry SDK that keeps what it exports. */
export const createTestSdk = (options: { sampler?: Sampler } = {}) => {
  const spans = new InMemorySpanExporter();
  const tracerProvider = new TracerProvider({
    ...options,
    spanProcessors: [new SimpleSpanProcessor({ exporter: spans })],
  });
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const logs = new InMemoryLogRecordExporter();
  const loggerProvider = new LoggerProvider({
    processors: [new SimpleLogRecordProcessor({ exporter: logs })],
  });
  const meterProvider = new MeterProvider({ readers: [reader] });

  const collect = async () => {
    exporter.reset();
    await reader.forceFlush();
    return exporter.getMetrics().flatMap((resource) => resource.scopeMetrics);
  };
  return {
    tracerProvider,
    meterProvider,
    loggerProvider,
    logs: () => logs.getFinishedLogRecords(),
    spans: () => spans.getFinishedSpans(),
    span: (name: string) => {
      const found = spans.getFinishedSpans().filter((span) => span.name === name);
      if (found.length !== 1 || !found[0]) throw new Error(`${found.length} spans are named "${name}".`);
      return found[0];
    },
    scopes: collect,
    metric: async (name: string) => {
      const metrics = (await collect()).flatMap((scope) => scope.metrics);
      return metrics.find((metric) => metric.descriptor.name === name);
    },
    points: async (name: string) => {
      const metrics = (await collect()).flatMap((scope) => scope.metrics);
      const points: DataPoint<number | Histogram>[] = [];
      for (const metric of metrics) {
        if (metric.descriptor.name === name) points.push(...(metric.dataPoints as DataPoint<number | Histogram>[]));
      }
      return points.map(({ attributes, value }) => ({
        attributes,
        value: typeof value === 'number' ? value : value.sum,
      }));
    },
    shutdown: () => Promise.all([tracerProvider.shutdown(), meterProvider.shutdown(), loggerProvider.shutdown()]),
  };
};

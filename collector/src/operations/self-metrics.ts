import type { Histogram, Meter } from '@opentelemetry/api';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, MetricReader, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import type { CollectorConfig } from '@signalbox/spec';
import type { Logger } from 'pino';
import type { Signal } from '../signal.js';
import { CONSERVATION_METRICS } from './conservation-metrics.js';
import { DRAIN_METRICS } from './drain-metrics.js';
import { LOG_METRICS } from './log-metrics.js';
import type { Readings } from './readings.js';
import { RECEIVER_METRICS } from './receiver-metrics.js';
import type { SelfMetric } from './self-metric.js';

/** All metrics but the duration of acknowledgements, which is a histogram. */
export const SELF_METRICS: readonly SelfMetric[] = [
  ...RECEIVER_METRICS,
  ...LOG_METRICS,
  ...DRAIN_METRICS,
  ...CONSERVATION_METRICS,
];

/** The histogram: from the last byte of a request to the moment in which its rows are on disk. */
export const ACK_DURATION = 'signalbox.collector.ack.duration';

/** The metrics of one collector about itself. */
export type SelfMetrics = {
  /** Notes how long an acknowledgement took. */
  recordAck(seconds: number, signal: Signal): void;
  /** All values of this moment in Prometheus' text format. */
  render(): Promise<string>;
  /** Exports once more over OTLP, where that is configured, and ends. */
  close(): Promise<void>;
};

/** What `createSelfMetrics` takes. */
export type SelfMetricsOptions = Pick<CollectorConfig['metrics'], 'otlpEndpoint' | 'intervalMs'> & {
  readonly read: () => Readings;
  /** Told of exports that fail. */
  readonly logger: Logger;
};

// Group commit takes milliseconds; a full disk queue takes seconds.
const ACK_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const EXPORT_TIMEOUT_MS = 10_000;
const CLOSE_TIMEOUT_MS = 2_000;

/** Starts to report. Reads everything anew at each export and each look at the page. */
export const createSelfMetrics = (options: SelfMetricsOptions): SelfMetrics => {
  const page = new PageReader();
  const readers = [page, ...createOtlpReaders(options)];
  const resource = resourceFromAttributes({ 'service.name': 'signalbox-collector' });
  const provider = new MeterProvider({ resource, readers });
  const meter = provider.getMeter('signalbox.collector');
  const ackDuration = createAckDuration(meter);
  observe(meter, options.read);
  const serializer = new PrometheusSerializer(undefined, false, undefined, false, true);
  return {
    recordAck: (seconds, signal) => ackDuration.record(seconds, { signal }),
    render: async () => serializer.serialize((await page.collect()).resourceMetrics),
    close: () =>
      provider.shutdown({ timeoutMillis: CLOSE_TIMEOUT_MS }).catch((error: unknown) => {
        options.logger.warn({ err: error }, 'The last metrics of the collector were not exported.');
      }),
  };
};

/** Collects when it is asked. */
class PageReader extends MetricReader {
  protected override onForceFlush = async (): Promise<void> => undefined;
  protected override onShutdown = async (): Promise<void> => undefined;
}

/** Tells of exports that fail, which the SDK keeps to itself. */
class LoggingExporter extends OTLPMetricExporter {
  readonly #logger: Logger;

  constructor(url: string, logger: Logger) {
    super({ url });
    this.#logger = logger;
  }

  override export(...[metrics, done]: Parameters<OTLPMetricExporter['export']>): void {
    super.export(metrics, (result) => {
      if (result.error)
        this.#logger.warn({ err: result.error }, 'The metrics of the collector were not exported.');
      done(result);
    });
  }
}

const createOtlpReaders = ({ otlpEndpoint, intervalMs, logger }: SelfMetricsOptions): MetricReader[] => {
  if (otlpEndpoint === undefined) return [];
  const exporter = new LoggingExporter(new URL('/v1/metrics', otlpEndpoint).href, logger);
  const exportTimeoutMillis = Math.min(intervalMs, EXPORT_TIMEOUT_MS);
  return [
    new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: intervalMs, exportTimeoutMillis }),
  ];
};

const createAckDuration = (meter: Meter): Histogram =>
  meter.createHistogram(ACK_DURATION, {
    unit: 's',
    description: 'Time from the last byte of a request until its rows are on disk and it is answered',
    advice: { explicitBucketBoundaries: ACK_BUCKETS },
  });

// One callback for all, so that the values of an export belong to one moment.
const observe = (meter: Meter, read: () => Readings): void => {
  const observed = SELF_METRICS.map((metric) => ({ metric, instrument: createInstrument(meter, metric) }));
  meter.addBatchObservableCallback(
    (result) => {
      const readings = read();
      for (const { metric, instrument } of observed) {
        for (const [value, attributes] of metric.read(readings)) {
          if (value !== null) result.observe(instrument, value, attributes);
        }
      }
    },
    observed.map(({ instrument }) => instrument),
  );
};

const createInstrument = (meter: Meter, { kind, name, unit, description }: SelfMetric) =>
  kind === 'counter'
    ? meter.createObservableCounter(name, { unit, description })
    : meter.createObservableGauge(name, { unit, description });

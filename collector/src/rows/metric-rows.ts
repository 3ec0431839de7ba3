import type {
  AggregationTemporality,
  ExponentialHistogramRow,
  GaugeRow,
  HistogramRow,
  MetricPointRow,
  SummaryRow,
  SumRow,
} from '@signalbox/store';
import type { ExportMetricsRequest, Metric, NumberDataPoint } from '../otlp/metrics.js';
import type { Rejections } from '../rejections.js';
import { serviceNameOf, toAttributes } from './attributes.js';
import type { Batch, RowContext } from './batch.js';
import { exponentialHistogramFault, histogramFault, numberFault, summaryFault } from './data-point-fault.js';
import { toExemplarColumns } from './exemplar-columns.js';
import { enumFault } from './fault.js';
import { type MetricColumns, type PointHead, toMetricPointRow } from './metric-point-row.js';

type MetricBatch = {
  otel_metrics_gauge: GaugeRow[];
  otel_metrics_sum: SumRow[];
  otel_metrics_histogram: HistogramRow[];
  otel_metrics_exponential_histogram: ExponentialHistogramRow[];
  otel_metrics_summary: SummaryRow[];
};

/** The rows of a metrics request, one per data point. A point that ClickHouse would refuse or change is rejected alone. */
export const toMetricRows = (
  request: ExportMetricsRequest,
  rejections: Rejections,
  context: RowContext,
): Batch => {
  const batch: MetricBatch = {
    otel_metrics_gauge: [],
    otel_metrics_sum: [],
    otel_metrics_histogram: [],
    otel_metrics_exponential_histogram: [],
    otel_metrics_summary: [],
  };
  for (const { resource, scopeMetrics, schemaUrl } of request.resourceMetrics) {
    const ResourceAttributes = toAttributes(resource?.attributes ?? []);
    for (const { scope, metrics, schemaUrl: scopeSchemaUrl } of scopeMetrics) {
      const shared = {
        ServiceName: serviceNameOf(ResourceAttributes),
        ResourceSchemaUrl: schemaUrl,
        ResourceAttributes,
        ScopeSchemaUrl: scopeSchemaUrl,
        ScopeName: scope?.name ?? '',
        ScopeVersion: scope?.version ?? '',
        ScopeAttributes: toAttributes(scope?.attributes ?? []),
        ScopeDroppedAttrCount: scope?.droppedAttributesCount ?? 0,
      };
      for (const metric of metrics) {
        const { name: MetricName, description: MetricDescription, unit: MetricUnit } = metric;
        const columns = { ...shared, MetricName, MetricDescription, MetricUnit };
        addMetric(metric, batch, { columns, rejections, context });
      }
    }
  }
  return batch;
};

type MetricContext = { columns: MetricColumns; rejections: Rejections; context: RowContext };

// A metric has one kind of data; the kinds that were not sent are undefined.
const addMetric = (metric: Metric, batch: MetricBatch, metricContext: MetricContext): void => {
  const { gauge, sum, histogram, exponentialHistogram, summary } = metric;
  addPoints(batch.otel_metrics_gauge, gauge, metricContext, numberFault, (point, head) => ({
    ...head,
    ...toExemplarColumns(point.exemplars),
    Value: numberOf(point),
  }));
  addPoints(batch.otel_metrics_sum, sum, metricContext, numberFault, (point, head) => ({
    ...head,
    ...toExemplarColumns(point.exemplars),
    Value: numberOf(point),
    AggregationTemporality: temporalityOf(sum),
    IsMonotonic: sum?.isMonotonic ?? false,
  }));
  addPoints(batch.otel_metrics_histogram, histogram, metricContext, histogramFault, (point, head) => ({
    ...head,
    ...toExemplarColumns(point.exemplars),
    ...summaryOf(point),
    BucketCounts: point.bucketCounts,
    ExplicitBounds: point.explicitBounds,
    AggregationTemporality: temporalityOf(histogram),
  }));
  addPoints(
    batch.otel_metrics_exponential_histogram,
    exponentialHistogram,
    metricContext,
    exponentialHistogramFault,
    (point, head) => ({
      ...head,
      ...toExemplarColumns(point.exemplars),
      ...summaryOf(point),
      Scale: point.scale,
      ZeroCount: point.zeroCount,
      PositiveOffset: point.positive?.offset ?? 0,
      PositiveBucketCounts: point.positive?.bucketCounts ?? [],
      NegativeOffset: point.negative?.offset ?? 0,
      NegativeBucketCounts: point.negative?.bucketCounts ?? [],
      AggregationTemporality: temporalityOf(exponentialHistogram),
    }),
  );
  addPoints(batch.otel_metrics_summary, summary, metricContext, summaryFault, (point, head) => ({
    ...head,
    Count: point.count,
    Sum: point.sum,
    'ValueAtQuantiles.Quantile': point.quantileValues.map(({ quantile }) => quantile),
    'ValueAtQuantiles.Value': point.quantileValues.map(({ value }) => value),
  }));
};

const addPoints = <Point extends PointHead, Row>(
  rows: Row[],
  data: { readonly dataPoints: readonly Point[]; readonly aggregationTemporality?: number } | undefined,
  { columns, rejections, context }: MetricContext,
  fault: (point: Point) => string | null,
  toRow: (point: Point, head: MetricPointRow) => Row,
): void => {
  const metricFault = enumFault('aggregationTemporality', data?.aggregationTemporality ?? 0, 2);
  for (const point of data?.dataPoints ?? []) {
    const found = metricFault ?? fault(point);
    if (found === null) rows.push(toRow(point, toMetricPointRow(point, columns, context)));
    else rejections.add(found);
  }
};

const temporalityOf = (
  data: { readonly aggregationTemporality: number } | undefined,
): AggregationTemporality => (data?.aggregationTemporality ?? 0) as AggregationTemporality;

// The contrib columns cannot be empty. A point without a value has flag bit 0 set, which says that 0 means nothing.
const numberOf = ({ asInt, asDouble }: NumberDataPoint): number => Number(asInt ?? asDouble ?? 0);

// Sum, Min and Max are optional in OTLP and 0 where they were not sent, as the contrib exporter stores them.
const summaryOf = (point: {
  readonly count: bigint;
  readonly sum: number | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
}): { Count: bigint; Sum: number; Min: number; Max: number } => ({
  Count: point.count,
  Sum: point.sum ?? 0,
  Min: point.min ?? 0,
  Max: point.max ?? 0,
});

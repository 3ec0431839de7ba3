import { toDateTime, toDateTime64 } from '../rows/date-time64.js';
import type { MetricPointRow } from '../rows/metric-point-row.js';
import type { RowByTable } from '../rows/row-by-table.js';
import { NOW_NANO } from './spans.js';

const POINT: MetricPointRow = {
  ResourceAttributes: { 'service.name': 'checkout' },
  ResourceSchemaUrl: '',
  ScopeName: 'signalbox',
  ScopeVersion: '0.1.0',
  ScopeAttributes: { scope: 'attribute' },
  ScopeDroppedAttrCount: 4_294_967_295,
  ScopeSchemaUrl: 'https://opentelemetry.io/schemas/gen-ai/1.42.0',
  ServiceName: 'checkout',
  MetricName: 'signalbox.requests',
  MetricDescription: 'Routed requests.',
  MetricUnit: '{request}',
  Attributes: { outcome: 'succeeded' },
  StartTimeUnix: 0,
  TimeUnix: toDateTime(NOW_NANO),
  time_exact: toDateTime64(NOW_NANO),
  Flags: 1,
};

const EXEMPLARS = {
  'Exemplars.FilteredAttributes': [{ user: 'a' }, {}],
  'Exemplars.TimeUnix': [toDateTime(NOW_NANO), 0],
  'Exemplars.Value': [1.5, -0.25],
  'Exemplars.SpanId': ['eee19b7ec3c1b174', ''],
  'Exemplars.TraceId': ['5b8efff798038103d269b633813fc60c', ''],
};

/** A full row for each metrics table. */
export const METRIC_ROWS: Omit<RowByTable, 'otel_traces' | 'otel_logs'> = {
  otel_metrics_gauge: { ...POINT, ...EXEMPLARS, Value: 0.1 },
  otel_metrics_sum: { ...POINT, ...EXEMPLARS, Value: 12, AggregationTemporality: 2, IsMonotonic: true },
  otel_metrics_histogram: {
    ...POINT,
    ...EXEMPLARS,
    Count: 3n,
    Sum: 4.5,
    BucketCounts: [1n, '2', 0n],
    ExplicitBounds: [0.5, 1],
    Min: 0.25,
    Max: 4,
    AggregationTemporality: 1,
  },
  otel_metrics_exponential_histogram: {
    ...POINT,
    ...EXEMPLARS,
    Count: '18446744073709551615',
    Sum: 4.5,
    Scale: -2_147_483_648,
    ZeroCount: 1n,
    PositiveOffset: 2_147_483_647,
    PositiveBucketCounts: [1n],
    NegativeOffset: -3,
    NegativeBucketCounts: [],
    Min: -1,
    Max: 4,
    AggregationTemporality: 0,
  },
  otel_metrics_summary: {
    ...POINT,
    Count: 2n,
    Sum: 3.5,
    'ValueAtQuantiles.Quantile': [0, 0.5, 1],
    'ValueAtQuantiles.Value': [1, 1.5, 2.5],
  },
};

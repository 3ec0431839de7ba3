import type { TableName } from '@signalbox/store';

// What all rows of a scope share comes first: it is encoded once and copied.
const SCOPE_COLUMNS = [
  'received_at',
  'ServiceName',
  'ResourceSchemaUrl',
  'ResourceAttributes',
  'ScopeSchemaUrl',
  'ScopeName',
  'ScopeVersion',
  'ScopeAttributes',
] as const;

const METRIC_COLUMNS = [
  ...SCOPE_COLUMNS,
  'ScopeDroppedAttrCount',
  'MetricName',
  'MetricDescription',
  'MetricUnit',
] as const;

const POINT_COLUMNS = ['StartTimeUnix', 'TimeUnix', 'time_exact', 'Attributes', 'Flags'] as const;

const EXEMPLAR_COLUMNS = [
  'Exemplars.FilteredAttributes',
  'Exemplars.TimeUnix',
  'Exemplars.Value',
  'Exemplars.SpanId',
  'Exemplars.TraceId',
] as const;

/**
 * The columns of a row in a `RowSection`, in the order of their RowBinary. An insert names `ingest_block` and
 * `ingest_row` before them.
 */
export const ROW_COLUMNS: Readonly<Record<TableName, readonly string[]>> = {
  otel_traces: [
    'received_at',
    'ServiceName',
    'ResourceAttributes',
    'ScopeName',
    'ScopeVersion',
    'Timestamp',
    'TraceId',
    'SpanId',
    'ParentSpanId',
    'TraceState',
    'SpanName',
    'SpanKind',
    'SpanAttributes',
    'Duration',
    'StatusCode',
    'StatusMessage',
    'Events.Timestamp',
    'Events.Name',
    'Events.Attributes',
    'Links.TraceId',
    'Links.SpanId',
    'Links.TraceState',
    'Links.Attributes',
  ],
  otel_logs: [
    ...SCOPE_COLUMNS,
    'Timestamp',
    'TraceId',
    'SpanId',
    'TraceFlags',
    'SeverityText',
    'SeverityNumber',
    'Body',
    'LogAttributes',
    'EventName',
  ],
  otel_metrics_gauge: [...METRIC_COLUMNS, ...POINT_COLUMNS, 'Value', ...EXEMPLAR_COLUMNS],
  otel_metrics_sum: [
    ...METRIC_COLUMNS,
    'AggregationTemporality',
    'IsMonotonic',
    ...POINT_COLUMNS,
    'Value',
    ...EXEMPLAR_COLUMNS,
  ],
  otel_metrics_histogram: [
    ...METRIC_COLUMNS,
    'AggregationTemporality',
    ...POINT_COLUMNS,
    'Count',
    'Sum',
    'Min',
    'Max',
    'BucketCounts',
    'ExplicitBounds',
    ...EXEMPLAR_COLUMNS,
  ],
  otel_metrics_exponential_histogram: [
    ...METRIC_COLUMNS,
    'AggregationTemporality',
    ...POINT_COLUMNS,
    'Count',
    'Sum',
    'Min',
    'Max',
    'Scale',
    'ZeroCount',
    'PositiveOffset',
    'PositiveBucketCounts',
    'NegativeOffset',
    'NegativeBucketCounts',
    ...EXEMPLAR_COLUMNS,
  ],
  otel_metrics_summary: [
    ...METRIC_COLUMNS,
    ...POINT_COLUMNS,
    'Count',
    'Sum',
    'ValueAtQuantiles.Quantile',
    'ValueAtQuantiles.Value',
  ],
};

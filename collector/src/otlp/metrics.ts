import { keyValue } from './any-value.js';
import { resource, scope } from './common.js';
import {
  bool,
  double,
  embedded,
  enumeration,
  fixed64,
  id,
  list,
  message,
  repeated,
  sfixed64,
  sint32,
  string,
  uint32,
  uint64,
} from './field.js';

// opentelemetry-proto v1.11.0, metrics.proto and metrics_service.proto.

/** A measurement that a data point was made of. */
export const exemplar = message({
  timeUnixNano: fixed64(2),
  asDouble: double(3),
  spanId: id(4),
  traceId: id(5),
  asInt: sfixed64(6),
  filteredAttributes: repeated(7, keyValue),
});

/** A point of a gauge or a sum. */
export const numberDataPoint = message(
  {
    startTimeUnixNano: fixed64(2),
    timeUnixNano: fixed64(3),
    asDouble: double(4),
    exemplars: repeated(5, exemplar),
    asInt: sfixed64(6),
    attributes: repeated(7, keyValue),
    flags: uint32(8),
  },
  { isItem: true },
);

/** A point of a histogram with explicit bounds. */
export const histogramDataPoint = message(
  {
    startTimeUnixNano: fixed64(2),
    timeUnixNano: fixed64(3),
    count: fixed64(4),
    sum: double(5),
    bucketCounts: list(fixed64(6)),
    explicitBounds: list(double(7)),
    exemplars: repeated(8, exemplar),
    attributes: repeated(9, keyValue),
    flags: uint32(10),
    min: double(11),
    max: double(12),
  },
  { isItem: true },
);

/** One side of a point of an exponential histogram. */
export const buckets = message({ offset: sint32(1), bucketCounts: list(uint64(2)) });

/** A point of an exponential histogram. */
export const exponentialHistogramDataPoint = message(
  {
    attributes: repeated(1, keyValue),
    startTimeUnixNano: fixed64(2),
    timeUnixNano: fixed64(3),
    count: fixed64(4),
    sum: double(5),
    scale: sint32(6),
    zeroCount: fixed64(7),
    positive: embedded(8, buckets),
    negative: embedded(9, buckets),
    flags: uint32(10),
    exemplars: repeated(11, exemplar),
    min: double(12),
    max: double(13),
  },
  { isItem: true },
);

/** One quantile of a point of a summary. */
export const valueAtQuantile = message({ quantile: double(1), value: double(2) });

/** A point of a summary. */
export const summaryDataPoint = message(
  {
    startTimeUnixNano: fixed64(2),
    timeUnixNano: fixed64(3),
    count: fixed64(4),
    sum: double(5),
    quantileValues: repeated(6, valueAtQuantile),
    attributes: repeated(7, keyValue),
    flags: uint32(8),
  },
  { isItem: true },
);

/** The points of a gauge. */
export const gauge = message({ dataPoints: repeated(1, numberDataPoint) });

/** The points of a sum. */
export const sum = message({
  dataPoints: repeated(1, numberDataPoint),
  aggregationTemporality: enumeration(2),
  isMonotonic: bool(3),
});

/** The points of a histogram. */
export const histogram = message({
  dataPoints: repeated(1, histogramDataPoint),
  aggregationTemporality: enumeration(2),
});

/** The points of an exponential histogram. */
export const exponentialHistogram = message({
  dataPoints: repeated(1, exponentialHistogramDataPoint),
  aggregationTemporality: enumeration(2),
});

/** The points of a summary. */
export const summary = message({ dataPoints: repeated(1, summaryDataPoint) });

/** A metric: one of its kinds of data is set. */
export const metric = message({
  name: string(1),
  description: string(2),
  unit: string(3),
  gauge: embedded(5, gauge),
  sum: embedded(7, sum),
  histogram: embedded(9, histogram),
  exponentialHistogram: embedded(10, exponentialHistogram),
  summary: embedded(11, summary),
});

const scopeMetrics = message({
  scope: embedded(1, scope),
  metrics: repeated(2, metric),
  schemaUrl: string(3),
});

const resourceMetrics = message({
  resource: embedded(1, resource),
  scopeMetrics: repeated(2, scopeMetrics),
  schemaUrl: string(3),
});

/** ExportMetricsServiceRequest. */
export const exportMetricsRequest = message({ resourceMetrics: repeated(1, resourceMetrics) });

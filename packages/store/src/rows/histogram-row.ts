import type { AggregationTemporality } from './aggregation-temporality.js';
import type { ExemplarColumns } from './exemplar-columns.js';
import type { MetricPointRow } from './metric-point-row.js';
import type { UInt64 } from './uint64.js';

/** One data point of a histogram with explicit bounds: a row of `otel_metrics_histogram`. */
export type HistogramRow = MetricPointRow &
  ExemplarColumns & {
    Count: UInt64;
    /** 0 where the point has none: the contrib column cannot be empty. */
    Sum: number;
    /** One more than `ExplicitBounds`, or empty. */
    BucketCounts: readonly UInt64[];
    ExplicitBounds: readonly number[];
    /** 0 where the point has none. */
    Min: number;
    /** 0 where the point has none. */
    Max: number;
    AggregationTemporality: AggregationTemporality;
  };

import type { AggregationTemporality } from './aggregation-temporality.js';
import type { ExemplarColumns } from './exemplar-columns.js';
import type { MetricPointRow } from './metric-point-row.js';
import type { UInt64 } from './uint64.js';

/** One data point of an exponential histogram: a row of `otel_metrics_exponential_histogram`. */
export type ExponentialHistogramRow = MetricPointRow &
  ExemplarColumns & {
    Count: UInt64;
    /** 0 where the point has none: the contrib column cannot be empty. */
    Sum: number;
    /** Int32. */
    Scale: number;
    ZeroCount: UInt64;
    /** Int32. */
    PositiveOffset: number;
    PositiveBucketCounts: readonly UInt64[];
    /** Int32. */
    NegativeOffset: number;
    NegativeBucketCounts: readonly UInt64[];
    /** 0 where the point has none. */
    Min: number;
    /** 0 where the point has none. */
    Max: number;
    AggregationTemporality: AggregationTemporality;
  };

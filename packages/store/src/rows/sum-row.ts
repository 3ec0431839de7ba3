import type { AggregationTemporality } from './aggregation-temporality.js';
import type { ExemplarColumns } from './exemplar-columns.js';
import type { MetricPointRow } from './metric-point-row.js';

/** One data point of a sum (a counter): a row of `otel_metrics_sum`. */
export type SumRow = MetricPointRow &
  ExemplarColumns & {
    Value: number;
    AggregationTemporality: AggregationTemporality;
    IsMonotonic: boolean;
  };

import type { MetricPointRow } from './metric-point-row.js';
import type { UInt64 } from './uint64.js';

/** One data point of a summary: a row of `otel_metrics_summary`. The `ValueAtQuantiles.*` arrays have one length. */
export type SummaryRow = MetricPointRow & {
  Count: UInt64;
  Sum: number;
  /** 0 to 1. */
  'ValueAtQuantiles.Quantile': readonly number[];
  'ValueAtQuantiles.Value': readonly number[];
};

import type { ExemplarColumns } from './exemplar-columns.js';
import type { MetricPointRow } from './metric-point-row.js';

/** One data point of a gauge: a row of `otel_metrics_gauge`. */
export type GaugeRow = MetricPointRow & ExemplarColumns & { Value: number };

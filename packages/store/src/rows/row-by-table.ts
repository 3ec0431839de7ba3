import type { ExponentialHistogramRow } from './exponential-histogram-row.js';
import type { GaugeRow } from './gauge-row.js';
import type { HistogramRow } from './histogram-row.js';
import type { LogRow } from './log-row.js';
import type { SumRow } from './sum-row.js';
import type { SummaryRow } from './summary-row.js';
import type { TraceRow } from './trace-row.js';

/** The tables that rows are inserted into, with the row that each takes. Everything else is filled by ClickHouse. */
export type RowByTable = {
  otel_traces: TraceRow;
  otel_logs: LogRow;
  otel_metrics_gauge: GaugeRow;
  otel_metrics_sum: SumRow;
  otel_metrics_histogram: HistogramRow;
  otel_metrics_exponential_histogram: ExponentialHistogramRow;
  otel_metrics_summary: SummaryRow;
};

/** A table that rows are inserted into. */
export type TableName = keyof RowByTable;

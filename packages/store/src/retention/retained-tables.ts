import type { RetentionConfig } from '@signalbox/spec';

/** The tables that each setting of `retention` is for. */
const RETAINED_TABLES: Readonly<Record<keyof RetentionConfig, readonly string[]>> = {
  tracesDays: ['otel_traces', 'otel_traces_trace_id_ts'],
  logsDays: ['otel_logs'],
  metricsDays: ['gauge', 'sum', 'histogram', 'exponential_histogram', 'summary'].map(
    (kind) => `otel_metrics_${kind}`,
  ),
  decisionsDays: ['decisions_raw'],
  attemptsDays: ['attempts_raw'],
  feedbackDays: ['feedback_raw'],
  llmCallsDays: ['llm_calls_raw'],
  minuteRollupsDays: ['rollup_1m_raw', 'rollup_user_1h_raw'],
  rollupsDays: ['rollup_1h_raw', 'rollup_1d_raw', 'rollup_1w_raw', 'rollup_user_1d_raw'],
};

/** The days to keep, by table. */
export function daysByTable(retention: RetentionConfig): Map<string, number> {
  const settings = Object.keys(RETAINED_TABLES) as (keyof RetentionConfig)[];
  const days = settings.flatMap((setting) =>
    RETAINED_TABLES[setting].map((table): [string, number] => [table, retention[setting]]),
  );
  // What was erased is remembered for as long as any row of it, inserted again, would be kept. None is a rollup's.
  const insertable = days.flatMap(([table, kept]) => (table.startsWith('rollup_') ? [] : kept));
  return new Map([...days, ['erased', Math.max(...insertable)]]);
}

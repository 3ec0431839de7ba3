import { z } from 'zod';

const days = (defaultDays: number, meaning: string) =>
  z.int().min(1).max(36_500).default(defaultDays).describe(meaning);

/** `retention` in the configuration: how many days each kind of row is kept, by the time in the row. */
export const retentionSchema = z.strictObject({
  tracesDays: days(30, 'Spans as received'),
  logsDays: days(30, 'Log records as received'),
  metricsDays: days(30, 'Metric points as received'),
  decisionsDays: days(90, 'Routed requests'),
  attemptsDays: days(90, 'Upstream calls'),
  feedbackDays: days(90, 'Feedback'),
  llmCallsDays: days(90, 'Calls that other instrumentations reported'),
  minuteRollupsDays: days(90, 'Totals by minute; give no less than `decisionsDays`'),
  rollupsDays: days(400, 'Totals by hour, day and week'),
});

/** `retention` with every default filled in. */
export type RetentionConfig = z.output<typeof retentionSchema>;

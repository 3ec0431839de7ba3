import type { RetentionChange } from '@signalbox/store';

/** `otel_traces keeps 10 days instead of 30`. */
export const describeRetentionChange = ({ table, fromDays, toDays }: RetentionChange): string =>
  `${table} keeps ${toDays} days instead of ${fromDays}`;

import { type MetricPointRow, toDateTime, toDateTime64 } from '@signalbox/store';
import type { KeyValue } from '../otlp/any-value.js';
import { toAttributes } from './attributes.js';
import type { RowContext } from './batch.js';
import { firstKnown } from './times.js';

/** The columns that all points of one metric share. */
export type MetricColumns = Omit<
  MetricPointRow,
  'Attributes' | 'StartTimeUnix' | 'TimeUnix' | 'time_exact' | 'Flags'
>;

/** What data points of all kinds have in common. */
export type PointHead = {
  readonly attributes: readonly KeyValue[];
  readonly startTimeUnixNano: bigint;
  readonly timeUnixNano: bigint;
  readonly flags: number;
};

/** The columns that a data point of any kind has. */
export const toMetricPointRow = (
  point: PointHead,
  metric: MetricColumns,
  { receivedAtUnixNano }: RowContext,
): MetricPointRow => {
  const unixNano = firstKnown(point.timeUnixNano, receivedAtUnixNano);
  return {
    ...metric,
    Attributes: toAttributes(point.attributes),
    StartTimeUnix: toDateTime(point.startTimeUnixNano),
    TimeUnix: toDateTime(unixNano),
    time_exact: toDateTime64(unixNano),
    Flags: point.flags,
  };
};

import type { Attributes } from '@opentelemetry/api';
import type { Readings } from './readings.js';

/** A value with its labels; `null` is unknown and not reported. */
export type MetricValue = readonly [value: number | null, attributes?: Attributes];

/** One of the metrics that the collector reports about itself. Its labels are of closed sets. */
export type SelfMetric = {
  /** In OpenTelemetry's form; Prometheus sees underscores, and `_total` behind counters. */
  readonly name: string;
  /** `counter` counts since the start; `gauge` is the value of this moment. */
  readonly kind: 'counter' | 'gauge';
  /** UCUM. */
  readonly unit: string;
  readonly description: string;
  readonly read: (readings: Readings) => readonly MetricValue[];
};

/** The values of a record, each labelled by its key. */
export const byKey = (label: string, values: Readonly<Record<string, number>>): MetricValue[] =>
  Object.entries(values).map(([key, value]) => [value, { [label]: key }]);

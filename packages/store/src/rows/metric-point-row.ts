import type { Attributes } from './attributes.js';
import type { DateTime, DateTime64 } from './date-time64.js';

/** The columns that every `otel_metrics_*` table begins with. */
export type MetricPointRow = {
  ResourceAttributes: Attributes;
  ResourceSchemaUrl: string;
  ScopeName: string;
  ScopeVersion: string;
  ScopeAttributes: Attributes;
  /** 0 to 4294967295. */
  ScopeDroppedAttrCount: number;
  ScopeSchemaUrl: string;
  /** Resource attribute `service.name`, or empty. */
  ServiceName: string;
  MetricName: string;
  MetricDescription: string;
  MetricUnit: string;
  /** Attributes of the data point. */
  Attributes: Attributes;
  /** Start of the series; 0 when unknown. */
  StartTimeUnix: DateTime;
  TimeUnix: DateTime;
  /** `TimeUnix` to the nanosecond. Ours: the contrib exporter keeps seconds, and two points of a second would be one. */
  time_exact: DateTime64;
  /** Data point flags, 0 to 4294967295; bit 0 means that no value was recorded. */
  Flags: number;
};

import type { Attributes } from './attributes.js';
import type { DateTime64 } from './date-time64.js';

/** One log record: a row of `otel_logs`. */
export type LogRow = {
  /** Time of the event; where the record has none, the time it was observed. */
  Timestamp: DateTime64;
  /** Lower-case hex, or empty. */
  TraceId: string;
  /** Lower-case hex, or empty. */
  SpanId: string;
  /** 0 to 255. */
  TraceFlags: number;
  SeverityText: string;
  /** 0 (unspecified) to 24. */
  SeverityNumber: number;
  /** Resource attribute `service.name`, or empty. */
  ServiceName: string;
  Body: string;
  ResourceSchemaUrl: string;
  ResourceAttributes: Attributes;
  ScopeSchemaUrl: string;
  ScopeName: string;
  ScopeVersion: string;
  ScopeAttributes: Attributes;
  LogAttributes: Attributes;
  EventName: string;
};

import type { Attributes } from './attributes.js';
import type { DateTime64 } from './date-time64.js';
import type { UInt64 } from './uint64.js';

/** One span: a row of `otel_traces`. The `Events.*` arrays have one length, the `Links.*` arrays another. */
export type TraceRow = {
  /** Start of the span. */
  Timestamp: DateTime64;
  /** Lower-case hex, 32 digits. */
  TraceId: string;
  /** Lower-case hex, 16 digits. */
  SpanId: string;
  /** Lower-case hex, or empty for a root span. */
  ParentSpanId: string;
  TraceState: string;
  SpanName: string;
  SpanKind: 'Unspecified' | 'Internal' | 'Server' | 'Client' | 'Producer' | 'Consumer';
  /** Resource attribute `service.name`, or empty. */
  ServiceName: string;
  ResourceAttributes: Attributes;
  ScopeName: string;
  ScopeVersion: string;
  SpanAttributes: Attributes;
  /** End minus start in nanoseconds. */
  Duration: UInt64;
  StatusCode: 'Unset' | 'Ok' | 'Error';
  StatusMessage: string;
  'Events.Timestamp': readonly DateTime64[];
  'Events.Name': readonly string[];
  'Events.Attributes': readonly Attributes[];
  'Links.TraceId': readonly string[];
  'Links.SpanId': readonly string[];
  'Links.TraceState': readonly string[];
  'Links.Attributes': readonly Attributes[];
};

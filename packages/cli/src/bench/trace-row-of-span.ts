import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { type TraceRow, toDateTime64 } from '@signalbox/store';

const toText = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : String(value);

/** A span that began at `timestamp` (milliseconds since 1970), as the collector stores it. */
export const toTraceRow = (span: ReadableSpan, timestamp: number): TraceRow => {
  const { traceId, spanId } = span.spanContext();
  return {
    Timestamp: toDateTime64(BigInt(Math.round(timestamp * 1000)) * 1000n),
    TraceId: traceId,
    SpanId: spanId,
    ParentSpanId: '',
    TraceState: '',
    SpanName: span.name,
    SpanKind: 'Internal',
    ServiceName: 'signalbox-bench',
    ResourceAttributes: { 'service.name': 'signalbox-bench' },
    ScopeName: span.instrumentationScope.name,
    ScopeVersion: span.instrumentationScope.version ?? '',
    SpanAttributes: Object.fromEntries(
      Object.entries(span.attributes).map(([name, value]) => [name, toText(value)]),
    ),
    Duration: 1_000_000n,
    StatusCode: 'Unset',
    StatusMessage: '',
    'Events.Timestamp': [],
    'Events.Name': [],
    'Events.Attributes': [],
    'Links.TraceId': [],
    'Links.SpanId': [],
    'Links.TraceState': [],
    'Links.Attributes': [],
  };
};

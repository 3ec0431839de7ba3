import { type TraceRow, toDateTime64 } from '@signalbox/store';
import type { ExportTraceRequest, Span } from '../otlp/traces.js';
import type { Rejections } from '../rejections.js';
import { serviceNameOf, toAttributes } from './attributes.js';
import type { Batch, RowContext } from './batch.js';
import { idOrEmpty, SPAN_ID_DIGITS, TRACE_ID_DIGITS } from './ids.js';
import { spanFault } from './span-fault.js';
import { firstKnown } from './times.js';

type Shared = Pick<TraceRow, 'ServiceName' | 'ResourceAttributes' | 'ScopeName' | 'ScopeVersion'>;

/** The rows of a trace request. A span that ClickHouse would refuse or change is rejected alone. */
export const toTraceRows = (
  request: ExportTraceRequest,
  rejections: Rejections,
  context: RowContext,
): Batch => {
  const rows: TraceRow[] = [];
  for (const { resource, scopeSpans } of request.resourceSpans) {
    const ResourceAttributes = toAttributes(resource?.attributes ?? []);
    for (const { scope, spans } of scopeSpans) {
      const shared: Shared = {
        ServiceName: serviceNameOf(ResourceAttributes),
        ResourceAttributes,
        ScopeName: scope?.name ?? '',
        ScopeVersion: scope?.version ?? '',
      };
      for (const span of spans) {
        const fault = spanFault(span);
        if (fault === null) rows.push(toTraceRow(span, shared, context));
        else rejections.add(fault);
      }
    }
  }
  return { otel_traces: rows };
};

const SPAN_KINDS = ['Unspecified', 'Internal', 'Server', 'Client', 'Producer', 'Consumer'] as const;
const STATUS_CODES = ['Unset', 'Ok', 'Error'] as const;

const toTraceRow = (span: Span, shared: Shared, { receivedAtUnixNano }: RowContext): TraceRow => ({
  ...shared,
  Timestamp: toDateTime64(firstKnown(span.startTimeUnixNano, span.endTimeUnixNano, receivedAtUnixNano)),
  TraceId: span.traceId,
  SpanId: span.spanId,
  ParentSpanId: idOrEmpty(span.parentSpanId, SPAN_ID_DIGITS),
  TraceState: span.traceState,
  SpanName: span.name,
  SpanKind: SPAN_KINDS[span.kind] ?? 'Unspecified',
  SpanAttributes: toAttributes(span.attributes),
  Duration: durationOf(span),
  StatusCode: STATUS_CODES[span.status?.code ?? 0] ?? 'Unset',
  StatusMessage: span.status?.message ?? '',
  'Events.Timestamp': span.events.map(({ timeUnixNano }) => toDateTime64(timeUnixNano)),
  'Events.Name': span.events.map(({ name }) => name),
  'Events.Attributes': span.events.map(({ attributes }) => toAttributes(attributes)),
  'Links.TraceId': span.links.map(({ traceId }) => idOrEmpty(traceId, TRACE_ID_DIGITS)),
  'Links.SpanId': span.links.map(({ spanId }) => idOrEmpty(spanId, SPAN_ID_DIGITS)),
  'Links.TraceState': span.links.map(({ traceState }) => traceState),
  'Links.Attributes': span.links.map(({ attributes }) => toAttributes(attributes)),
});

// A clock that went backwards gives an end before the start, and an unknown time is 0: neither has a duration.
const durationOf = ({ startTimeUnixNano, endTimeUnixNano }: Span): bigint =>
  startTimeUnixNano === 0n || endTimeUnixNano < startTimeUnixNano ? 0n : endTimeUnixNano - startTimeUnixNano;

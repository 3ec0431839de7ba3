import type { Span } from '../otlp/traces.js';
import { enumFault, firstFault } from './fault.js';
import { optionalIdFault, requiredIdFault, SPAN_ID_DIGITS, TRACE_ID_DIGITS } from './ids.js';
import { timeFault } from './times.js';

/** Why a span cannot be stored as it was sent; `null` when it can. */
export const spanFault = (span: Span): string | null =>
  requiredIdFault('traceId', span.traceId, TRACE_ID_DIGITS) ??
  requiredIdFault('spanId', span.spanId, SPAN_ID_DIGITS) ??
  optionalIdFault('parentSpanId', span.parentSpanId, SPAN_ID_DIGITS) ??
  timeFault('startTimeUnixNano', span.startTimeUnixNano) ??
  timeFault('endTimeUnixNano', span.endTimeUnixNano) ??
  enumFault('kind', span.kind, 5) ??
  enumFault('status.code', span.status?.code ?? 0, 2) ??
  firstFault(span.events, (event) => timeFault('events.timeUnixNano', event.timeUnixNano)) ??
  firstFault(
    span.links,
    (link) =>
      optionalIdFault('links.traceId', link.traceId, TRACE_ID_DIGITS) ??
      optionalIdFault('links.spanId', link.spanId, SPAN_ID_DIGITS),
  );

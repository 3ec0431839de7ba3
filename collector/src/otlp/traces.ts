import { keyValue } from './any-value.js';
import { resource, scope } from './common.js';
import { embedded, enumeration, fixed64, id, message, repeated, string } from './field.js';

// opentelemetry-proto v1.11.0, trace.proto and trace_service.proto.

/** An event of a span. */
export const event = message({
  timeUnixNano: fixed64(1),
  name: string(2),
  attributes: repeated(3, keyValue),
});

/** A link from a span to another. */
export const link = message({
  traceId: id(1),
  spanId: id(2),
  traceState: string(3),
  attributes: repeated(4, keyValue),
});

/** How a span ended. */
export const status = message({ message: string(2), code: enumeration(3) });

/** A span. */
export const span = message(
  {
    traceId: id(1),
    spanId: id(2),
    traceState: string(3),
    parentSpanId: id(4),
    name: string(5),
    kind: enumeration(6),
    startTimeUnixNano: fixed64(7),
    endTimeUnixNano: fixed64(8),
    attributes: repeated(9, keyValue),
    events: repeated(11, event),
    links: repeated(13, link),
    status: embedded(15, status),
  },
  { isItem: true },
);

const scopeSpans = message({ scope: embedded(1, scope), spans: repeated(2, span) });

const resourceSpans = message({ resource: embedded(1, resource), scopeSpans: repeated(2, scopeSpans) });

/** ExportTraceServiceRequest. */
export const exportTraceRequest = message({ resourceSpans: repeated(1, resourceSpans) });

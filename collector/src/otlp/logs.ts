import { keyValue } from './any-value.js';
import { resource, scope } from './common.js';
import { anyValue, embedded, enumeration, fixed32, fixed64, id, message, repeated, string } from './field.js';

// opentelemetry-proto v1.11.0, logs.proto and logs_service.proto.

/** A log record. */
export const logRecord = message(
  {
    timeUnixNano: fixed64(1),
    severityNumber: enumeration(2),
    severityText: string(3),
    body: anyValue(5),
    attributes: repeated(6, keyValue),
    flags: fixed32(8),
    traceId: id(9),
    spanId: id(10),
    observedTimeUnixNano: fixed64(11),
    eventName: string(12),
  },
  { isItem: true },
);

const scopeLogs = message({
  scope: embedded(1, scope),
  logRecords: repeated(2, logRecord),
  schemaUrl: string(3),
});

const resourceLogs = message({
  resource: embedded(1, resource),
  scopeLogs: repeated(2, scopeLogs),
  schemaUrl: string(3),
});

/** ExportLogsServiceRequest. */
export const exportLogsRequest = message({ resourceLogs: repeated(1, resourceLogs) });

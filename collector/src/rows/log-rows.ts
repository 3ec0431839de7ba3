import { type LogRow, toDateTime64 } from '@signalbox/store';
import type { ExportLogsRequest, LogRecord } from '../otlp/logs.js';
import type { Rejections } from '../rejections.js';
import { toAttributeText } from './attribute-text.js';
import { serviceNameOf, toAttributes } from './attributes.js';
import type { Batch, RowContext } from './batch.js';
import { enumFault } from './fault.js';
import { idOrEmpty, SPAN_ID_DIGITS, TRACE_ID_DIGITS } from './ids.js';
import { firstKnown, timeFault } from './times.js';

type Shared = Pick<
  LogRow,
  | 'ServiceName'
  | 'ResourceSchemaUrl'
  | 'ResourceAttributes'
  | 'ScopeSchemaUrl'
  | 'ScopeName'
  | 'ScopeVersion'
  | 'ScopeAttributes'
>;

/** The rows of a logs request. A record that ClickHouse would refuse or change is rejected alone. */
export const toLogRows = (request: ExportLogsRequest, rejections: Rejections, context: RowContext): Batch => {
  const rows: LogRow[] = [];
  for (const { resource, scopeLogs, schemaUrl } of request.resourceLogs) {
    const ResourceAttributes = toAttributes(resource?.attributes ?? []);
    for (const { scope, logRecords, schemaUrl: scopeSchemaUrl } of scopeLogs) {
      const shared: Shared = {
        ServiceName: serviceNameOf(ResourceAttributes),
        ResourceSchemaUrl: schemaUrl,
        ResourceAttributes,
        ScopeSchemaUrl: scopeSchemaUrl,
        ScopeName: scope?.name ?? '',
        ScopeVersion: scope?.version ?? '',
        ScopeAttributes: toAttributes(scope?.attributes ?? []),
      };
      for (const record of logRecords) {
        const fault = logRecordFault(record);
        if (fault === null) rows.push(toLogRow(record, shared, context));
        else rejections.add(fault);
      }
    }
  }
  return { otel_logs: rows };
};

const logRecordFault = (record: LogRecord): string | null =>
  timeFault('timeUnixNano', record.timeUnixNano) ??
  timeFault('observedTimeUnixNano', record.observedTimeUnixNano) ??
  enumFault('severityNumber', record.severityNumber, 24);

const toLogRow = (record: LogRecord, shared: Shared, { receivedAtUnixNano }: RowContext): LogRow => ({
  ...shared,
  Timestamp: toDateTime64(firstKnown(record.timeUnixNano, record.observedTimeUnixNano, receivedAtUnixNano)),
  // A record with an invalid id is one that belongs to no trace: logs.proto says so.
  TraceId: idOrEmpty(record.traceId, TRACE_ID_DIGITS),
  SpanId: idOrEmpty(record.spanId, SPAN_ID_DIGITS),
  // Only the low 8 bits are W3C trace flags; the others are reserved.
  TraceFlags: record.flags & 0xff,
  SeverityText: record.severityText,
  SeverityNumber: record.severityNumber,
  Body: toAttributeText(record.body),
  LogAttributes: toAttributes(record.attributes),
  EventName: record.eventName,
});

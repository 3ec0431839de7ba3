import { toDateTime64 } from '../rows/date-time64.js';
import type { LogRow } from '../rows/log-row.js';
import { NOW_NANO } from './spans.js';

export const LOG_ROW: LogRow = {
  Timestamp: toDateTime64(NOW_NANO + 42n),
  TraceId: '5b8efff798038103d269b633813fc60c',
  SpanId: 'eee19b7ec3c1b174',
  TraceFlags: 255,
  SeverityText: 'WARN',
  SeverityNumber: 13,
  ServiceName: 'checkout',
  Body: 'line one\nline two \u0000 \u{1f6a6} "quoted"',
  ResourceSchemaUrl: 'https://opentelemetry.io/schemas/1.40.0',
  ResourceAttributes: { 'service.name': 'checkout', '': 'empty key' },
  ScopeSchemaUrl: '',
  ScopeName: 'logger',
  ScopeVersion: '1.0.0',
  ScopeAttributes: { scope: 'attribute' },
  LogAttributes: { 'log.attribute': '[1,2]' },
  EventName: 'gen_ai.evaluation.result',
};

import { numbersOf } from '../otlp/field.js';
import { logRecord } from '../otlp/logs.js';
import type { EncodeContext, ItemEncoder } from './encode-context.js';
import { enumFault } from './enum-fault.js';
import { FieldIndex } from './field-index.js';
import { SPAN_ID_BYTES, TRACE_ID_BYTES, writeId } from './ids.js';
import type { ScopeColumns } from './scope-columns.js';

const RECORD = numbersOf(logRecord);
const TRACE_ID = { name: 'traceId', number: RECORD.traceId, size: TRACE_ID_BYTES };
const SPAN_ID = { name: 'spanId', number: RECORD.spanId, size: SPAN_ID_BYTES };

const GREATEST_SEVERITY = 24;
// Only the low 8 bits are W3C trace flags; the others are reserved.
const TRACE_FLAGS = 0xff;

/** Writes log records as rows of `otel_logs`. */
export class LogEncoder implements ItemEncoder {
  readonly #context: EncodeContext;
  readonly #scope: ScopeColumns;
  readonly #record: FieldIndex;

  constructor(context: EncodeContext, scope: ScopeColumns) {
    this.#context = context;
    this.#scope = scope;
    this.#record = new FieldIndex(context.wire, logRecord, context.limits);
  }

  encode(start: number, end: number): string | null {
    this.#record.scan(start, end);
    const fault =
      this.#scope.fault ??
      enumFault('severityNumber', this.#record.int32(RECORD.severityNumber), GREATEST_SEVERITY) ??
      this.#context.attributes.fault(this.#record.list(RECORD.attributes));
    if (fault === null) this.#write();
    return fault;
  }

  #write(): void {
    const { text, values, attributes, time, sections } = this.#context;
    const record = this.#record;
    this.#place();
    const out = sections.open('otel_logs', time.day);
    this.#scope.write(out);
    time.write(out);
    // A record with an invalid id is one that belongs to no trace: logs.proto says so.
    writeId(out, record, TRACE_ID);
    writeId(out, record, SPAN_ID);
    out.uint8(record.fixed32(RECORD.flags) & TRACE_FLAGS);
    text.write(out, record.start(RECORD.severityText), record.end(RECORD.severityText));
    out.uint8(record.int32(RECORD.severityNumber));
    values.write(out, record.start(RECORD.body), record.end(RECORD.body));
    attributes.writeWithTenant(out, record.list(RECORD.attributes), time.notes);
    time.writeNote(out);
    text.write(out, record.start(RECORD.eventName), record.end(RECORD.eventName));
    sections.close();
  }

  /** A record is stored at its time; at the time it was observed, where its own is unknown. */
  #place(): void {
    const { wire, time } = this.#context;
    this.#record.fixed64(RECORD.timeUnixNano);
    if (wire.low === 0 && wire.high === 0) this.#record.fixed64(RECORD.observedTimeUnixNano);
    time.place(wire.low, wire.high);
  }
}

import type { ByteWriter } from '../byte-writer.js';
import { numbersOf } from '../otlp/field.js';
import { span, status } from '../otlp/traces.js';
import type { EncodeContext, ItemEncoder } from './encode-context.js';
import { enumFault } from './enum-fault.js';
import { EventColumns } from './event-columns.js';
import { FieldIndex } from './field-index.js';
import { optionalIdFault, requiredIdFault, SPAN_ID_BYTES, TRACE_ID_BYTES, writeId } from './ids.js';
import { LinkColumns } from './link-columns.js';
import type { ScopeColumns } from './scope-columns.js';
import { secondsOf, timeFault } from './unix-time.js';

const SPAN = numbersOf(span);
const STATUS = numbersOf(status);

const TRACE_ID = { name: 'traceId', number: SPAN.traceId, size: TRACE_ID_BYTES };
const SPAN_ID = { name: 'spanId', number: SPAN.spanId, size: SPAN_ID_BYTES };
const PARENT_SPAN_ID = { name: 'parentSpanId', number: SPAN.parentSpanId, size: SPAN_ID_BYTES };

const SPAN_KINDS = ['Unspecified', 'Internal', 'Server', 'Client', 'Producer', 'Consumer'] as const;
const STATUS_CODES = ['Unset', 'Ok', 'Error'] as const;

/** Writes spans as rows of `otel_traces`. */
export class SpanEncoder implements ItemEncoder {
  readonly #context: EncodeContext;
  readonly #scope: ScopeColumns;
  readonly #span: FieldIndex;
  readonly #status: FieldIndex;
  readonly #events: EventColumns;
  readonly #links: LinkColumns;

  constructor(context: EncodeContext, scope: ScopeColumns) {
    this.#context = context;
    this.#scope = scope;
    this.#span = new FieldIndex(context.wire, span, context.limits);
    this.#status = new FieldIndex(context.wire, status, context.limits);
    this.#events = new EventColumns(context);
    this.#links = new LinkColumns(context);
  }

  encode(start: number, end: number): string | null {
    this.#span.scan(start, end);
    this.#status.scanAll(this.#span.list(SPAN.status));
    const fault = this.#scope.fault ?? this.#fault();
    if (fault === null) this.#write();
    return fault;
  }

  #fault(): string | null {
    const span = this.#span;
    return (
      requiredIdFault(span, TRACE_ID) ??
      requiredIdFault(span, SPAN_ID) ??
      optionalIdFault(span, PARENT_SPAN_ID) ??
      this.#endFault() ??
      enumFault('kind', span.int32(SPAN.kind), SPAN_KINDS.length - 1) ??
      enumFault('status.code', this.#status.int32(STATUS.code), STATUS_CODES.length - 1) ??
      this.#context.attributes.fault(span.list(SPAN.attributes)) ??
      this.#events.fault(span.list(SPAN.events)) ??
      this.#links.fault(span.list(SPAN.links))
    );
  }

  #endFault(): string | null {
    this.#span.fixed64(SPAN.endTimeUnixNano);
    const { low, high } = this.#context.wire;
    return timeFault('endTimeUnixNano', secondsOf(low, high));
  }

  #write(): void {
    const { text, attributes, time, sections } = this.#context;
    const span = this.#span;
    const status = this.#status;
    this.#place();
    const out = sections.open('otel_traces', time.day);
    this.#scope.write(out);
    time.write(out);
    writeId(out, span, TRACE_ID);
    writeId(out, span, SPAN_ID);
    writeId(out, span, PARENT_SPAN_ID);
    text.write(out, span.start(SPAN.traceState), span.end(SPAN.traceState));
    text.write(out, span.start(SPAN.name), span.end(SPAN.name));
    writeName(out, SPAN_KINDS[span.int32(SPAN.kind)] as string);
    attributes.writeWithTenant(out, span.list(SPAN.attributes), time.notes);
    time.writeNote(out);
    this.#writeDuration(out);
    writeName(out, STATUS_CODES[status.int32(STATUS.code)] as string);
    text.write(out, status.start(STATUS.message), status.end(STATUS.message));
    this.#events.write(out, span.list(SPAN.events));
    this.#links.write(out, span.list(SPAN.links));
    sections.close();
  }

  /** A span is stored at its start; at its end, where the start is unknown. */
  #place(): void {
    const { wire, time } = this.#context;
    this.#span.fixed64(SPAN.startTimeUnixNano);
    if (wire.low === 0 && wire.high === 0) this.#span.fixed64(SPAN.endTimeUnixNano);
    time.place(wire.low, wire.high);
  }

  // A clock that went backwards gives an end before the start, and an unknown time is 0: neither has a duration.
  #writeDuration(out: ByteWriter): void {
    const { wire } = this.#context;
    this.#span.fixed64(SPAN.startTimeUnixNano);
    const { low, high } = wire;
    this.#span.fixed64(SPAN.endTimeUnixNano);
    const isUnknown = low === 0 && high === 0;
    const isBackwards = wire.high < high || (wire.high === high && wire.low < low);
    if (isUnknown || isBackwards) out.uint64(0, 0);
    else out.uint64(wire.low - low, wire.high - high - (wire.low < low ? 1 : 0));
  }
}

const writeName = (out: ByteWriter, name: string): void => {
  out.length(name.length);
  out.ascii(name);
};

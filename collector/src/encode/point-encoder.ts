import { ByteWriter } from '../byte-writer.js';
import type { EncodeContext, ItemEncoder } from './encode-context.js';
import type { ExemplarColumns } from './exemplar-columns.js';
import { FieldIndex } from './field-index.js';
import type { PointColumns } from './point-columns.js';
import { secondsOf, timeFault } from './unix-time.js';

/** Writes the data points of one kind of metric. */
export class PointEncoder implements ItemEncoder {
  /** Why no point of the metric can be stored; `null` when they can. */
  fault: string | null = null;
  /** The columns that all points of the metric share. */
  shared: ByteWriter = new ByteWriter();
  readonly #context: EncodeContext;
  readonly #columns: PointColumns;
  readonly #exemplars: ExemplarColumns;
  readonly #point: FieldIndex;
  readonly #numbers: {
    startTime: number;
    time: number;
    attributes: number;
    flags: number;
    exemplars: number | null;
  };

  constructor(context: EncodeContext, columns: PointColumns, exemplars: ExemplarColumns) {
    this.#context = context;
    this.#columns = columns;
    this.#exemplars = exemplars;
    this.#point = new FieldIndex(context.wire, columns.message, context.limits);
    const { byName } = columns.message;
    const numberOf = (name: string): number => {
      const field = byName.get(name);
      if (field === undefined) throw new TypeError(`A data point has no ${name}.`);
      return field.number;
    };
    this.#numbers = {
      startTime: numberOf('startTimeUnixNano'),
      time: numberOf('timeUnixNano'),
      attributes: numberOf('attributes'),
      flags: numberOf('flags'),
      exemplars: byName.get('exemplars')?.number ?? null,
    };
  }

  encode(start: number, end: number): string | null {
    this.#point.scan(start, end);
    const fault = this.fault ?? this.#columns.fault(this.#point) ?? this.#headFault();
    if (fault === null) this.#write();
    return fault;
  }

  #headFault(): string | null {
    const { attributes } = this.#context;
    const { startTime, exemplars } = this.#numbers;
    return (
      timeFault('startTimeUnixNano', this.#secondsOf(startTime)) ??
      attributes.fault(this.#point.list(this.#numbers.attributes)) ??
      (exemplars === null ? null : this.#exemplars.fault(this.#point.list(exemplars)))
    );
  }

  #write(): void {
    const { wire, attributes, time, sections } = this.#context;
    const numbers = this.#numbers;
    const point = this.#point;
    point.fixed64(numbers.time);
    time.place(wire.low, wire.high);
    const out = sections.open(this.#columns.table, time.day);
    out.copy(this.shared.bytes, 0, this.shared.pos);
    out.uint32(this.#secondsOf(numbers.startTime));
    out.uint32(time.seconds);
    time.write(out);
    attributes.writeWithTenant(out, point.list(numbers.attributes), time.notes);
    time.writeNote(out);
    out.uint32(point.int32(numbers.flags));
    this.#columns.write(out, point);
    if (numbers.exemplars !== null) this.#exemplars.write(out, point.list(numbers.exemplars));
    sections.close();
  }

  #secondsOf(number: number): number {
    this.#point.fixed64(number);
    return secondsOf(this.#context.wire.low, this.#context.wire.high);
  }
}

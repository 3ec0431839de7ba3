import type { ByteWriter } from '../byte-writer.js';
import type { EncodeLimits } from './encode-limits.js';
import { NestedValueWriter } from './nested-value-writer.js';
import { writeDigits } from './number-text.js';
import { cut, type TextWriter } from './text-writer.js';
import {
  ARRAY_VALUE,
  BOOL_VALUE,
  BYTES_VALUE,
  DOUBLE_VALUE,
  INT_VALUE,
  LIST_VALUE,
  STRING_VALUE,
  ValueSlot,
} from './value-slot.js';
import type { WireReader } from './wire-reader.js';

/**
 * Writes the text of attribute values and log bodies, as the ClickHouse exporter of the OpenTelemetry Collector does:
 * strings as they are, integers in decimal, booleans `true` and `false`, bytes as base64, arrays and maps as JSON with
 * sorted keys, an empty value as ''. NaN and the infinities are `NaN`, `Infinity` and `-Infinity`.
 */
export class ValueWriter {
  readonly #wire: WireReader;
  readonly #text: TextWriter;
  readonly #limits: EncodeLimits;
  readonly #nested: NestedValueWriter;
  readonly #slot = new ValueSlot();

  constructor(
    wire: WireReader,
    text: TextWriter,
    options: { limits: EncodeLimits; redactedKeys: ReadonlySet<string> },
  ) {
    this.#wire = wire;
    this.#text = text;
    this.#limits = options.limits;
    this.#nested = new NestedValueWriter(wire, text, options);
  }

  /** The AnyValue in a range of the body as a text column; '' for an empty range. */
  write(out: ByteWriter, start: number, end: number): void {
    const { bytes } = this.#wire;
    const length = bytes[start + 1] as number;
    // What most values are: a text shorter than 128 bytes and nothing else.
    if (bytes[start] === STRING_VALUE && length < 0x80 && start + 2 + length === end) {
      this.#text.write(out, start + 2, end);
      return;
    }
    const slot = this.#slot;
    slot.read(this.#wire, start, end);
    switch (slot.kind) {
      case STRING_VALUE:
        this.#text.write(out, slot.start, slot.end);
        return;
      case INT_VALUE:
        if (slot.high === 0) writeDigits(out, slot.low);
        else out.text(slot.scalarText(this.#wire));
        return;
      case BOOL_VALUE:
      case DOUBLE_VALUE:
        out.text(slot.scalarText(this.#wire));
        return;
      case BYTES_VALUE:
        this.#writeBase64(out, slot);
        return;
      case ARRAY_VALUE:
      case LIST_VALUE:
        this.#nested.write(out, slot);
        return;
      default:
        out.length(0);
    }
  }

  #writeBase64(out: ByteWriter, { start, end }: ValueSlot): void {
    const { maxValueBytes } = this.#limits;
    const length = 4 * Math.ceil((end - start) / 3);
    const kept = Math.min(end, start + 3 * Math.ceil(maxValueBytes / 4));
    const digits = (this.#wire.bytes as Buffer).toString('base64', start, kept);
    out.text(length > maxValueBytes ? cut(digits, maxValueBytes, length) : digits);
  }
}

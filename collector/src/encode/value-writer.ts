import type { ByteWriter } from '../byte-writer.js';
import { MAX_VALUE_DEPTH } from '../otlp/limits.js';
import { BoundedText } from './bounded-text.js';
import type { EncodeLimits } from './encode-limits.js';
import { ItemFault } from './item-fault.js';
import { doubleText, int64Text, writeDigits } from './number-text.js';
import { REDACTED } from './secrets.js';
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

const ARRAY_ELEMENT = 0x0a;
const KEY = 0x0a;
const VALUE = 0x12;

type Entry = { key: string; valueStart: number; valueEnd: number };

/**
 * Writes the text of attribute values and log bodies, as the ClickHouse exporter of the OpenTelemetry Collector does:
 * strings as they are, integers in decimal, booleans `true` and `false`, bytes as base64, arrays and maps as JSON with
 * sorted keys, an empty value as ''. NaN and the infinities are `NaN`, `Infinity` and `-Infinity`.
 */
export class ValueWriter {
  readonly #wire: WireReader;
  readonly #text: TextWriter;
  readonly #limits: EncodeLimits;
  readonly #redactedKeys: ReadonlySet<string>;
  readonly #nested: BoundedText;
  // One for each level, as a value is read while those around it are not yet done with.
  readonly #slots = Array.from({ length: MAX_VALUE_DEPTH + 1 }, () => new ValueSlot());

  constructor(
    wire: WireReader,
    text: TextWriter,
    { limits, redactedKeys }: { limits: EncodeLimits; redactedKeys: ReadonlySet<string> },
  ) {
    this.#wire = wire;
    this.#text = text;
    this.#limits = limits;
    this.#redactedKeys = redactedKeys;
    this.#nested = new BoundedText(wire, text, limits.maxValueBytes);
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
    const slot = this.#slots[1] as ValueSlot;
    slot.read(this.#wire, start, end);
    switch (slot.kind) {
      case STRING_VALUE:
        this.#text.write(out, slot.start, slot.end);
        return;
      case INT_VALUE:
        if (slot.high === 0) writeDigits(out, slot.low);
        else this.#writeScalar(out, slot);
        return;
      case BOOL_VALUE:
      case DOUBLE_VALUE:
        this.#writeScalar(out, slot);
        return;
      case BYTES_VALUE:
        this.#writeBase64(out, slot);
        return;
      case ARRAY_VALUE:
      case LIST_VALUE:
        this.#nested.clear();
        this.#appendNested(slot, 1);
        this.#nested.writeTo(out);
        return;
      default:
        out.length(0);
    }
  }

  #writeScalar(out: ByteWriter, slot: ValueSlot): void {
    const text = this.#scalarText(slot);
    out.length(text.length);
    out.ascii(text);
  }

  #scalarText({ kind, start, low, high }: ValueSlot): string {
    if (kind === INT_VALUE) return int64Text(low, high);
    if (kind === BOOL_VALUE) return low !== 0 || high !== 0 ? 'true' : 'false';
    return doubleText(this.#wire.view.getFloat64(start, true));
  }

  #writeBase64(out: ByteWriter, { start, end }: ValueSlot): void {
    const { maxValueBytes } = this.#limits;
    const length = 4 * Math.ceil((end - start) / 3);
    const kept = Math.min(end, start + 3 * Math.ceil(maxValueBytes / 4));
    const digits = (this.#wire.bytes as Buffer).toString('base64', start, kept);
    if (length > maxValueBytes) out.text(cut(digits, maxValueBytes, length));
    else {
      out.length(length);
      out.ascii(digits);
    }
  }

  /** The JSON of a value inside another one. */
  #append(start: number, end: number, depth: number): void {
    if (depth > MAX_VALUE_DEPTH) {
      throw this.#wire.malformed(`an attribute value is nested more than ${MAX_VALUE_DEPTH} levels deep`);
    }
    const slot = this.#slots[depth] as ValueSlot;
    slot.read(this.#wire, start, end);
    switch (slot.kind) {
      case STRING_VALUE:
        this.#nested.string(slot.start, slot.end);
        return;
      case BOOL_VALUE:
      case INT_VALUE:
        this.#nested.ascii(this.#scalarText(slot));
        return;
      case DOUBLE_VALUE: {
        const text = this.#scalarText(slot);
        const isNumber = Number.isFinite(this.#wire.view.getFloat64(slot.start, true));
        this.#nested.ascii(isNumber ? text : `"${text}"`);
        return;
      }
      case BYTES_VALUE:
        this.#nested.base64(slot.start, slot.end);
        return;
      case ARRAY_VALUE:
      case LIST_VALUE:
        this.#appendNested(slot, depth);
        return;
      default:
        this.#nested.ascii('null');
    }
  }

  #appendNested({ kind, start, end }: ValueSlot, depth: number): void {
    if (kind === ARRAY_VALUE) this.#appendArray(start, end, depth);
    else this.#appendMap(start, end, depth);
  }

  #appendArray(start: number, end: number, depth: number): void {
    const wire = this.#wire;
    let separator = '[';
    for (let at = start; at < end; ) {
      wire.pos = at;
      const tag = wire.tag();
      if (tag === ARRAY_ELEMENT) {
        at = wire.end(end);
        this.#nested.ascii(separator);
        separator = ',';
        this.#append(wire.pos, at, depth + 1);
      } else {
        wire.skip(tag, end);
        at = wire.pos;
      }
    }
    this.#nested.ascii(separator === '[' ? '[]' : ']');
  }

  #appendMap(start: number, end: number, depth: number): void {
    const entries = this.#readEntries(start, end);
    const keys = [...entries.keys()].sort();
    this.#nested.ascii('{');
    for (const [index, key] of keys.entries()) {
      const { valueStart, valueEnd } = entries.get(key) as Entry;
      if (index > 0) this.#nested.ascii(',');
      this.#nested.json(key);
      this.#nested.ascii(':');
      if (this.#redactedKeys.has(key)) this.#nested.json(REDACTED);
      else this.#append(valueStart, valueEnd, depth + 1);
    }
    this.#nested.ascii('}');
  }

  /** The entries of a key-value list; of two equal keys the last one counts. */
  #readEntries(start: number, end: number): Map<string, Entry> {
    const wire = this.#wire;
    const entries = new Map<string, Entry>();
    wire.pos = start;
    while (wire.pos < end) {
      const tag = wire.tag();
      if (tag !== ARRAY_ELEMENT) {
        wire.skip(tag, end);
        continue;
      }
      const entry = this.#readEntry(wire.end(end));
      entries.set(entry.key, entry);
      if (entries.size > this.#limits.maxAttributes) {
        throw new ItemFault(`a key-value list has more than ${this.#limits.maxAttributes} entries`);
      }
    }
    wire.expectWithin(end);
    return entries;
  }

  #readEntry(end: number): Entry {
    const wire = this.#wire;
    const entry: Entry = { key: '', valueStart: end, valueEnd: end };
    while (wire.pos < end) {
      const tag = wire.tag();
      if (tag === KEY) {
        const keyEnd = wire.end(end);
        entry.key = this.#text.key(wire.pos, keyEnd);
        wire.pos = keyEnd;
      } else if (tag === VALUE) {
        entry.valueEnd = wire.end(end);
        entry.valueStart = wire.pos;
        wire.pos = entry.valueEnd;
      } else wire.skip(tag, end);
    }
    return entry;
  }
}

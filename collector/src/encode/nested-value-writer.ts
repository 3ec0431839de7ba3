import type { ByteWriter } from '../byte-writer.js';
import { MAX_VALUE_DEPTH } from '../otlp/limits.js';
import { AttributeSlot } from './attribute-slot.js';
import { BoundedText } from './bounded-text.js';
import type { EncodeLimits } from './encode-limits.js';
import { ItemFault } from './item-fault.js';
import { REDACTED } from './secrets.js';
import type { TextWriter } from './text-writer.js';
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

const ELEMENT = 0x0a;

type Entry = { readonly valueStart: number; readonly valueEnd: number };

/** Writes arrays and key-value lists as JSON with sorted keys; of two equal keys the last one counts. */
export class NestedValueWriter {
  readonly #wire: WireReader;
  readonly #text: TextWriter;
  readonly #limits: EncodeLimits;
  readonly #redactedKeys: ReadonlySet<string>;
  readonly #json: BoundedText;
  readonly #entry = new AttributeSlot();
  // One for each level, as a value is read while those around it are not yet done with. The outermost is the caller's.
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
    this.#json = new BoundedText(wire, text, limits.maxValueBytes);
  }

  /**
   * Writes an array or a key-value list as a text column.
   * @throws ItemFault for a list with too many entries, DecodeError for one that is nested too deep.
   */
  write(out: ByteWriter, slot: ValueSlot): void {
    this.#json.clear();
    this.#appendNested(slot, 1);
    this.#json.writeTo(out);
  }

  #append(start: number, end: number, depth: number): void {
    if (depth > MAX_VALUE_DEPTH) {
      throw this.#wire.malformed(`an attribute value is nested more than ${MAX_VALUE_DEPTH} levels deep`);
    }
    const json = this.#json;
    const slot = this.#slots[depth] as ValueSlot;
    slot.read(this.#wire, start, end);
    switch (slot.kind) {
      case STRING_VALUE:
        json.string(slot.start, slot.end);
        return;
      case BOOL_VALUE:
      case INT_VALUE:
        json.ascii(slot.scalarText(this.#wire));
        return;
      case DOUBLE_VALUE: {
        const text = slot.scalarText(this.#wire);
        json.ascii(Number.isFinite(Number(text)) ? text : `"${text}"`);
        return;
      }
      case BYTES_VALUE:
        json.base64(slot.start, slot.end);
        return;
      case ARRAY_VALUE:
      case LIST_VALUE:
        this.#appendNested(slot, depth);
        return;
      default:
        json.ascii('null');
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
      if (tag === ELEMENT) {
        at = wire.end(end);
        this.#json.ascii(separator);
        separator = ',';
        this.#append(wire.pos, at, depth + 1);
      } else {
        wire.skip(tag, end);
        at = wire.pos;
      }
    }
    this.#json.ascii(separator === '[' ? '[]' : ']');
  }

  #appendMap(start: number, end: number, depth: number): void {
    const entries = this.#readEntries(start, end);
    let separator = '{';
    for (const key of [...entries.keys()].sort()) {
      const { valueStart, valueEnd } = entries.get(key) as Entry;
      this.#json.ascii(separator);
      separator = ',';
      this.#json.json(key);
      this.#json.ascii(':');
      if (this.#redactedKeys.has(key)) this.#json.json(REDACTED);
      else this.#append(valueStart, valueEnd, depth + 1);
    }
    this.#json.ascii(separator === '{' ? '{}' : '}');
  }

  #readEntries(start: number, end: number): Map<string, Entry> {
    const wire = this.#wire;
    const { maxAttributes } = this.#limits;
    const entries = new Map<string, Entry>();
    wire.pos = start;
    while (wire.pos < end) {
      const tag = wire.tag();
      if (tag !== ELEMENT) {
        wire.skip(tag, end);
        continue;
      }
      const entryEnd = wire.end(end);
      this.#entry.read(wire, wire.pos, entryEnd);
      const { keyStart, keyEnd, valueStart, valueEnd } = this.#entry;
      entries.set(this.#text.key(keyStart, keyEnd), { valueStart, valueEnd });
      wire.pos = entryEnd;
      if (entries.size > maxAttributes) {
        throw new ItemFault(`a key-value list has more than ${maxAttributes} entries`);
      }
    }
    return entries;
  }
}

import { isUtf8 } from 'node:buffer';
import type { ByteWriter } from '../byte-writer.js';
import type { EncodeLimits } from './encode-limits.js';
import { ItemFault } from './item-fault.js';
import { KeySet } from './key-set.js';
import type { RangeList } from './range-list.js';
import { REDACTED } from './secrets.js';
import type { TextWriter } from './text-writer.js';
import type { ValueWriter } from './value-writer.js';
import type { WireReader } from './wire-reader.js';

const KEY = 0x0a;
const VALUE = 0x12;

/**
 * Writes attributes as `Map(String, String)`. Of two equal keys the last one counts. Keys are bytes on the way: only
 * where two may be equal, or one is not UTF-8 or too long, is the map written again with its keys as strings.
 */
export class AttributeWriter {
  readonly #wire: WireReader;
  readonly #text: TextWriter;
  readonly #values: ValueWriter;
  readonly #limits: EncodeLimits;
  readonly #redactedKeys: ReadonlySet<string>;
  // 1 where a key that is redacted has these low bits in its hash.
  readonly #redactedBits = new Uint8Array(256);
  readonly #keys: KeySet;
  // The attribute that was read last: where its key and its value lie, and the hash of the key.
  #keyStart = 0;
  #keyEnd = 0;
  #valueStart = 0;
  #valueEnd = 0;
  #hash = 0;

  constructor({ wire, text, values, limits, redactedKeys }: AttributeWriterOptions) {
    this.#wire = wire;
    this.#text = text;
    this.#values = values;
    this.#limits = limits;
    this.#redactedKeys = redactedKeys;
    for (const key of redactedKeys) this.#redactedBits[hashOf(key) & 0xff] = 1;
    this.#keys = new KeySet(limits.maxAttributes);
  }

  /** Why the attributes of an item cannot be stored; `null` when they can. */
  fault(list: RangeList): string | null {
    return list.isFull ? `more than ${this.#limits.maxAttributes} attributes` : null;
  }

  /**
   * Writes the attributes, and after them `added` more that the caller writes itself.
   * @throws ItemFault for a row that is too large.
   */
  write(out: ByteWriter, list: RangeList, added = 0): void {
    const before = out.pos;
    const rowEnd = before + this.#limits.maxRowBytes;
    this.#keys.clear();
    out.length(list.count + added);
    for (let index = 0; index < list.count; index += 1) {
      this.#read(list.start(index), list.end(index));
      if (!this.#writePlainKey(out)) {
        out.pos = before;
        this.#writeDistinct(out, list, added);
        return;
      }
      if (this.#redactedBits[this.#hash & 0xff] === 1 && this.#isRedacted()) out.text(REDACTED);
      else this.#values.write(out, this.#valueStart, this.#valueEnd);
      if (out.pos > rowEnd) throw new ItemFault(`a row is larger than ${this.#limits.maxRowBytes} bytes`);
    }
  }

  /** The range of the value of a key, the last one of that name; `false` where there is none. */
  find(list: RangeList, key: string): { readonly start: number; readonly end: number } | null {
    for (let index = list.count - 1; index >= 0; index -= 1) {
      this.#read(list.start(index), list.end(index));
      const isKey =
        this.#keyEnd - this.#keyStart === key.length && this.#text.raw(this.#keyStart, this.#keyEnd) === key;
      if (isKey) return { start: this.#valueStart, end: this.#valueEnd };
    }
    return null;
  }

  /** Finds the key and the value of the attribute in a range of the body. */
  #read(start: number, end: number): void {
    const { bytes } = this.#wire;
    // What every sender writes: first the key, then the value, and both shorter than 128 bytes.
    const keyStart = start + 2;
    const keyEnd = keyStart + (bytes[start + 1] as number);
    const valueStart = keyEnd + 2;
    const isUsual =
      valueStart <= end &&
      bytes[start] === KEY &&
      bytes[keyEnd] === VALUE &&
      keyEnd < keyStart + 0x80 &&
      end < valueStart + 0x80 &&
      valueStart + (bytes[keyEnd + 1] as number) === end;
    if (isUsual) {
      this.#keyStart = keyStart;
      this.#keyEnd = keyEnd;
      this.#valueStart = valueStart;
      this.#valueEnd = end;
    } else this.#readAny(start, end);
  }

  #readAny(start: number, end: number): void {
    const wire = this.#wire;
    this.#keyStart = 0;
    this.#keyEnd = 0;
    this.#valueStart = 0;
    this.#valueEnd = 0;
    wire.pos = start;
    while (wire.pos < end) {
      const tag = wire.tag();
      if (tag === KEY) {
        this.#keyEnd = wire.end(end);
        this.#keyStart = wire.pos;
        wire.pos = this.#keyEnd;
      } else if (tag === VALUE) {
        this.#valueEnd = wire.end(end);
        this.#valueStart = wire.pos;
        wire.pos = this.#valueEnd;
      } else if (tag >>> 3 <= 2) throw wire.malformed(`an attribute has tag ${tag}`);
      else wire.skip(tag, end);
    }
    wire.expectWithin(end);
  }

  /** Copies the key, four bytes at a time; false where it takes more than that. */
  #writePlainKey(out: ByteWriter): boolean {
    const start = this.#keyStart;
    const length = this.#keyEnd - start;
    if (length > this.#limits.maxKeyBytes) return false;
    out.length(length);
    out.ensure(length);
    const { bytes: source, view: from } = this.#wire;
    const { bytes: target, view: to, pos } = out;
    let hash = KeySet.seed ^ length;
    let bits = 0;
    let index = 0;
    for (; index + 4 <= length; index += 4) {
      const four = from.getUint32(start + index, true);
      to.setUint32(pos + index, four, true);
      hash = KeySet.mix(hash, four);
      bits |= four;
    }
    for (; index < length; index += 1) {
      const byte = source[start + index] as number;
      target[pos + index] = byte;
      hash = KeySet.mix(hash, byte);
      bits |= byte;
    }
    out.pos = pos + length;
    this.#hash = hash;
    if ((bits & 0x8080_8080) !== 0 && !isUtf8(target.subarray(pos, pos + length))) return false;
    return this.#keys.add(hash);
  }

  /** Whether the key that was read last is configured to be redacted; its hash says that it may be. */
  #isRedacted(): boolean {
    return this.#redactedKeys.has(this.#text.raw(this.#keyStart, this.#keyEnd));
  }

  #writeDistinct(out: ByteWriter, list: RangeList, added: number): void {
    const rowEnd = out.pos + this.#limits.maxRowBytes;
    const values = new Map<string, { start: number; end: number; isRedacted: boolean }>();
    for (let index = 0; index < list.count; index += 1) {
      this.#read(list.start(index), list.end(index));
      values.set(this.#text.key(this.#keyStart, this.#keyEnd), {
        start: this.#valueStart,
        end: this.#valueEnd,
        isRedacted: this.#isRedacted(),
      });
    }
    out.length(values.size + added);
    for (const [key, { start, end, isRedacted }] of values) {
      out.text(key);
      if (isRedacted) out.text(REDACTED);
      else this.#values.write(out, start, end);
      if (out.pos > rowEnd) throw new ItemFault(`a row is larger than ${this.#limits.maxRowBytes} bytes`);
    }
  }
}

type AttributeWriterOptions = {
  readonly wire: WireReader;
  readonly text: TextWriter;
  readonly values: ValueWriter;
  readonly limits: EncodeLimits;
  /** Keys whose values are never stored, at any depth. */
  readonly redactedKeys: ReadonlySet<string>;
};

/** The hash of a key that `#writePlainKey` makes of its bytes. */
const hashOf = (key: string): number => {
  const bytes = Buffer.from(key);
  let hash = KeySet.seed ^ bytes.length;
  let index = 0;
  for (; index + 4 <= bytes.length; index += 4) hash = KeySet.mix(hash, bytes.readUInt32LE(index));
  for (; index < bytes.length; index += 1) hash = KeySet.mix(hash, bytes[index] as number);
  return hash;
};

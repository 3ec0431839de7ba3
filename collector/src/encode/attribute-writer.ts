import { isUtf8 } from 'node:buffer';
import type { ByteWriter } from '../byte-writer.js';
import { AttributeSlot } from './attribute-slot.js';
import type { EncodeLimits } from './encode-limits.js';
import { ItemFault } from './item-fault.js';
import { KeySet } from './key-set.js';
import type { RangeList } from './range-list.js';
import { REDACTED } from './secrets.js';
import type { TextWriter } from './text-writer.js';
import type { ValueWriter } from './value-writer.js';
import type { WireReader } from './wire-reader.js';

/** What an `AttributeWriter` works with. */
export type AttributeWriterOptions = {
  readonly wire: WireReader;
  readonly text: TextWriter;
  readonly values: ValueWriter;
  readonly limits: EncodeLimits;
  /** Keys whose values are never stored, at any depth. */
  readonly redactedKeys: ReadonlySet<string>;
};

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
  readonly #slot = new AttributeSlot();
  // Of the key that was written last.
  #hash = 0;

  constructor({ wire, text, values, limits, redactedKeys }: AttributeWriterOptions) {
    this.#wire = wire;
    this.#text = text;
    this.#values = values;
    this.#limits = limits;
    this.#redactedKeys = redactedKeys;
    for (const key of redactedKeys) this.#redactedBits[KeySet.hash(key) & 0xff] = 1;
    this.#keys = new KeySet(limits.maxAttributes);
  }

  /** Why the attributes of an item cannot be stored; `null` when they can. */
  fault(list: RangeList): string | null {
    return list.isFull ? `more than ${this.#limits.maxAttributes} attributes` : null;
  }

  /**
   * Writes the attributes; their number has room for `added` more, which the caller writes itself.
   * @throws ItemFault for a row that is too large.
   */
  write(out: ByteWriter, list: RangeList, added = 0): void {
    const slot = this.#slot;
    const before = out.pos;
    const rowEnd = before + this.#limits.maxRowBytes;
    this.#keys.clear();
    out.length(list.count + added);
    for (let index = 0; index < list.count; index += 1) {
      slot.read(this.#wire, list.start(index), list.end(index));
      if (!this.#writePlainKey(out)) {
        out.pos = before;
        this.#writeDistinct(out, list, added);
        return;
      }
      if (this.#redactedBits[this.#hash & 0xff] === 1 && this.#isRedacted()) out.text(REDACTED);
      else this.#values.write(out, slot.valueStart, slot.valueEnd);
      if (out.pos > rowEnd) throw this.#tooLarge();
    }
  }

  /** The range of the value of a key, the last one of that name; `null` where there is none. */
  find(list: RangeList, key: string): { readonly start: number; readonly end: number } | null {
    const slot = this.#slot;
    for (let index = list.count - 1; index >= 0; index -= 1) {
      slot.read(this.#wire, list.start(index), list.end(index));
      const { keyStart, keyEnd, valueStart, valueEnd } = slot;
      const isKey = keyEnd - keyStart === key.length && this.#text.raw(keyStart, keyEnd) === key;
      if (isKey) return { start: valueStart, end: valueEnd };
    }
    return null;
  }

  /** Copies the key, four bytes at a time; false where it takes more than that. */
  #writePlainKey(out: ByteWriter): boolean {
    const { keyStart: start, keyEnd } = this.#slot;
    const length = keyEnd - start;
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
    return this.#redactedKeys.has(this.#text.raw(this.#slot.keyStart, this.#slot.keyEnd));
  }

  #writeDistinct(out: ByteWriter, list: RangeList, added: number): void {
    const slot = this.#slot;
    const rowEnd = out.pos + this.#limits.maxRowBytes;
    const values = new Map<string, { start: number; end: number; isRedacted: boolean }>();
    for (let index = 0; index < list.count; index += 1) {
      slot.read(this.#wire, list.start(index), list.end(index));
      values.set(this.#text.key(slot.keyStart, slot.keyEnd), {
        start: slot.valueStart,
        end: slot.valueEnd,
        isRedacted: this.#isRedacted(),
      });
    }
    out.length(values.size + added);
    for (const [key, { start, end, isRedacted }] of values) {
      out.text(key);
      if (isRedacted) out.text(REDACTED);
      else this.#values.write(out, start, end);
      if (out.pos > rowEnd) throw this.#tooLarge();
    }
  }

  #tooLarge(): ItemFault {
    return new ItemFault(`a row is larger than ${this.#limits.maxRowBytes} bytes`);
  }
}

import { isUtf8 } from 'node:buffer';
import { ATTR_SIGNALBOX_TENANT } from '@signalbox/spec/semconv';
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

const TENANT_BITS = KeySet.hash(ATTR_SIGNALBOX_TENANT) & 0xff;

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
  // What stands in the place of the value of a key.
  readonly #replacements: Map<string, string>;
  // Not 0 where such a key has these low bits in its hash.
  readonly #replacedBits = new Uint8Array(256);
  readonly #keys: KeySet;
  readonly #slot = new AttributeSlot();
  #tenant: string | null = null;
  // Of the key that was written last.
  #hash = 0;

  constructor({ wire, text, values, limits, redactedKeys }: AttributeWriterOptions) {
    this.#wire = wire;
    this.#text = text;
    this.#values = values;
    this.#limits = limits;
    this.#replacements = new Map([...redactedKeys].map((key) => [key, REDACTED]));
    for (const key of redactedKeys) this.#replacedBits[KeySet.hash(key) & 0xff] = 1;
    this.#keys = new KeySet(limits.maxAttributes);
  }

  /** Begins a request. Where its sender is known as a tenant, no attribute names another one. */
  setTenant(tenant: string | null): void {
    if (tenant === this.#tenant) return;
    this.#tenant = tenant;
    if (tenant === null) this.#replacements.delete(ATTR_SIGNALBOX_TENANT);
    else this.#replacements.set(ATTR_SIGNALBOX_TENANT, tenant);
    this.#replacedBits[TENANT_BITS] = 1;
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
      const replacement = this.#replacedBits[this.#hash & 0xff] === 0 ? null : this.#replacement();
      if (replacement === null) this.#values.write(out, slot.valueStart, slot.valueEnd);
      else out.text(replacement);
      if (out.pos > rowEnd) throw this.#tooLarge();
    }
  }

  /** The same for a resource, span, log record or data point: it is given the tenant of its sender, where that is known. */
  writeWithTenant(out: ByteWriter, list: RangeList, added = 0): void {
    const tenant = this.#tenant;
    if (tenant === null || this.find(list, ATTR_SIGNALBOX_TENANT) !== null) {
      this.write(out, list, added);
      return;
    }
    this.write(out, list, added + 1);
    out.text(ATTR_SIGNALBOX_TENANT);
    out.text(tenant);
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

  /** What stands for the value of the key that was read last, if anything does; its hash says that it may. */
  #replacement(): string | null {
    return this.#replacements.get(this.#text.raw(this.#slot.keyStart, this.#slot.keyEnd)) ?? null;
  }

  #writeDistinct(out: ByteWriter, list: RangeList, added: number): void {
    const slot = this.#slot;
    const rowEnd = out.pos + this.#limits.maxRowBytes;
    const values = new Map<string, { start: number; end: number; replacement: string | null }>();
    for (let index = 0; index < list.count; index += 1) {
      slot.read(this.#wire, list.start(index), list.end(index));
      values.set(this.#text.key(slot.keyStart, slot.keyEnd), {
        start: slot.valueStart,
        end: slot.valueEnd,
        replacement: this.#replacement(),
      });
    }
    out.length(values.size + added);
    for (const [key, { start, end, replacement }] of values) {
      out.text(key);
      if (replacement === null) this.#values.write(out, start, end);
      else out.text(replacement);
      if (out.pos > rowEnd) throw this.#tooLarge();
    }
  }

  #tooLarge(): ItemFault {
    return new ItemFault(`a row is larger than ${this.#limits.maxRowBytes} bytes`);
  }
}

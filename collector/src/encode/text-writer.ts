import { isUtf8 } from 'node:buffer';
import type { ByteWriter } from '../byte-writer.js';
import type { EncodeLimits } from './encode-limits.js';
import { BYTE_CLASSES, mayHoldSecret, NOT_ASCII, redactSecrets } from './secrets.js';
import type { WireReader } from './wire-reader.js';

// Shorter text holds none of the secrets that are known: `http://a:b@c` is one.
const SHORTEST_SECRET = 12;

// A secret that the cut goes through must be seen whole, or its first half would stay.
const BEYOND_THE_CUT = 4096;

/**
 * Writes text columns and attribute values. Text is copied as bytes, and only looked at as a string where that cannot be:
 * bytes that are not UTF-8 become U+FFFD, secrets are replaced, what is too long is cut with a note of its length.
 */
export class TextWriter {
  readonly #wire: WireReader;
  readonly #limits: EncodeLimits;

  constructor(wire: WireReader, limits: EncodeLimits) {
    this.#wire = wire;
    this.#limits = limits;
  }

  /** A range of the body as a text column. */
  write(out: ByteWriter, start: number, end: number): void {
    const length = end - start;
    if (length > this.#limits.maxValueBytes) {
      this.#writeLong(out, start, end);
      return;
    }
    const before = out.pos;
    out.length(length);
    out.ensure(length);
    const isPlain = length < SHORTEST_SECRET ? this.#copyShort(out, start, end) : this.#copy(out, start, end);
    if (isPlain) return;
    out.pos = before;
    this.string(out, this.read(start, end), length);
  }

  /** A range of the body as a string: U+FFFD for what is not UTF-8, and without secrets. */
  read(start: number, end: number): string {
    return redactSecrets(this.raw(start, end));
  }

  /** A range of the body as a string, with its secrets. */
  raw(start: number, end: number): string {
    return (this.#wire.bytes as Buffer).toString('utf8', start, end);
  }

  /** A string as a text column, cut where it is too long. `length` is what the note says that it was. */
  string(out: ByteWriter, text: string, length: number): void {
    const { maxValueBytes } = this.#limits;
    out.text(Buffer.byteLength(text) > maxValueBytes ? cut(text, maxValueBytes, length) : text);
  }

  /** A range of the body as the key of an attribute. */
  key(start: number, end: number): string {
    const { maxKeyBytes } = this.#limits;
    const length = end - start;
    if (length <= maxKeyBytes) return this.raw(start, end);
    return cut(this.raw(start, Math.min(end, start + maxKeyBytes + 4)), maxKeyBytes, length);
  }

  /** Copies a text that is too short for a secret; false where it is not UTF-8. */
  #copyShort(out: ByteWriter, start: number, end: number): boolean {
    const source = this.#wire.bytes;
    const target = out.bytes;
    const { pos } = out;
    let at = pos;
    let bits = 0;
    for (let index = start; index < end; index += 1) {
      const byte = source[index] as number;
      target[at++] = byte;
      bits |= byte;
    }
    out.pos = at;
    return bits < 0x80 || isUtf8(target.subarray(pos, at));
  }

  /** Copies a text; false where it may hold a secret or is not UTF-8. */
  #copy(out: ByteWriter, start: number, end: number): boolean {
    const source = this.#wire.bytes;
    const target = out.bytes;
    const { pos } = out;
    let at = pos;
    let classes = 0;
    for (let index = start; index < end; index += 1) {
      const byte = source[index] as number;
      target[at++] = byte;
      classes |= BYTE_CLASSES[byte] as number;
    }
    out.pos = at;
    if (mayHoldSecret(target, pos, at, classes)) return false;
    return (classes & NOT_ASCII) === 0 || isUtf8(target.subarray(pos, at));
  }

  #writeLong(out: ByteWriter, start: number, end: number): void {
    const { maxValueBytes } = this.#limits;
    const enough = Math.min(end, start + maxValueBytes + BEYOND_THE_CUT);
    out.text(cut(this.read(start, enough), maxValueBytes, end - start));
  }
}

/** The text cut to at most so many bytes of UTF-8, with a note of how many bytes it had. */
export const cut = (text: string, maxBytes: number, length: number): string => {
  const bytes = Buffer.from(text);
  let end = Math.min(maxBytes, bytes.length);
  // Not within a character: its later bytes begin with the bits 10.
  while (end > 0 && end < bytes.length && ((bytes[end] as number) & 0xc0) === 0x80) end -= 1;
  return `${bytes.toString('utf8', 0, end)}…[cut, was ${length} bytes]`;
};

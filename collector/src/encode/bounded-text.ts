import { isUtf8 } from 'node:buffer';
import type { ByteWriter } from '../byte-writer.js';
import { BYTE_CLASSES, mayHoldSecret, NOT_ASCII } from './secrets.js';
import { cut, type TextWriter } from './text-writer.js';
import type { WireReader } from './wire-reader.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const FIRST_PRINTABLE = 0x20;

// Kept beyond the limit, so that the cut does not go through a character.
const LONGEST_CHARACTER = 4;

/** The text of a nested value as it grows. Keeps no more than the limit, but counts on, for the note of its length. */
export class BoundedText {
  readonly #bytes: Buffer;
  readonly #maxBytes: number;
  readonly #wire: WireReader;
  readonly #text: TextWriter;
  #length = 0;

  constructor(wire: WireReader, text: TextWriter, maxBytes: number) {
    this.#bytes = Buffer.allocUnsafeSlow(maxBytes + LONGEST_CHARACTER);
    this.#maxBytes = maxBytes;
    this.#wire = wire;
    this.#text = text;
  }

  clear(): void {
    this.#length = 0;
  }

  byte(byte: number): void {
    if (this.#length < this.#bytes.length) this.#bytes[this.#length] = byte;
    this.#length += 1;
  }

  ascii(text: string): void {
    for (let index = 0; index < text.length; index += 1) this.byte(text.charCodeAt(index));
  }

  /** Bytes of the body as base64 in quotes. */
  base64(start: number, end: number): void {
    this.byte(QUOTE);
    const room = Math.max(0, this.#bytes.length - this.#length);
    // Three bytes are four digits: what does not fit is counted only.
    const kept = Math.min(end, start + 3 * Math.ceil(room / 4));
    const before = this.#length;
    this.ascii((this.#wire.bytes as Buffer).toString('base64', start, kept));
    this.#length = before + 4 * Math.ceil((end - start) / 3);
    this.byte(QUOTE);
  }

  /** A range of the body as a JSON string, as `JSON.stringify` writes it. */
  string(start: number, end: number): void {
    const source = this.#wire.bytes as Buffer;
    let classes = 0;
    for (let index = start; index < end; index += 1)
      classes |= BYTE_CLASSES[source[index] as number] as number;
    const isPlain =
      !mayHoldSecret(source, start, end, classes) &&
      (!(classes & NOT_ASCII) || isUtf8(source.subarray(start, end)));
    if (isPlain) this.#escaped(source, start, end);
    else this.json(this.#text.read(start, end));
  }

  /** A string as a JSON string. */
  json(text: string): void {
    const bytes = Buffer.from(text);
    this.#escaped(bytes, 0, bytes.length);
  }

  /** Writes what has grown as a text column. */
  writeTo(out: ByteWriter): void {
    if (this.#length > this.#maxBytes) {
      const kept = this.#bytes.toString('utf8', 0, Math.min(this.#length, this.#bytes.length));
      out.text(cut(kept, this.#maxBytes, this.#length));
      return;
    }
    out.length(this.#length);
    out.copy(this.#bytes, 0, this.#length);
  }

  #escaped(source: Uint8Array, start: number, end: number): void {
    this.byte(QUOTE);
    for (let index = start; index < end; index += 1) {
      const byte = source[index] as number;
      if (byte === QUOTE || byte === BACKSLASH) this.byte(BACKSLASH);
      if (byte >= FIRST_PRINTABLE) this.byte(byte);
      else this.ascii(CONTROL_ESCAPES[byte] as string);
    }
    this.byte(QUOTE);
  }
}

const CONTROL_ESCAPES = Array.from({ length: FIRST_PRINTABLE }, (_, code) =>
  JSON.stringify(String.fromCharCode(code)).slice(1, -1),
);

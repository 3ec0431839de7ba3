import type { BufferPool } from './buffer-pool.js';

const FIRST_CAPACITY = 64 * 1024;

// Below this a loop copies faster than a call does.
const SHORT = 64;

/** Bytes that grow as they are written: numbers are little-endian, as in protobuf and in RowBinary. Every method makes the room that it needs. */
export class ByteWriter {
  bytes: Buffer = Buffer.allocUnsafeSlow(FIRST_CAPACITY);
  view: DataView = viewOf(this.bytes);
  pos = 0;

  /** Makes room for so many more bytes. `bytes` and `view` may be others afterwards. */
  ensure(more: number): void {
    if (this.pos + more > this.bytes.length) this.#grow(more);
  }

  /** An unsigned LEB128: the length of a text, an array or a map. */
  length(value: number): void {
    this.ensure(5);
    let rest = value;
    while (rest >= 0x80) {
      this.bytes[this.pos++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.bytes[this.pos++] = rest;
  }

  uint8(value: number): void {
    this.ensure(1);
    this.bytes[this.pos++] = value;
  }

  uint32(value: number): void {
    this.ensure(4);
    this.view.setUint32(this.pos, value, true);
    this.pos += 4;
  }

  /** A 64-bit integer from its halves. */
  uint64(low: number, high: number): void {
    this.ensure(8);
    this.view.setUint32(this.pos, low, true);
    this.view.setUint32(this.pos + 4, high, true);
    this.pos += 8;
  }

  float64(value: number): void {
    this.ensure(8);
    this.view.setFloat64(this.pos, value, true);
    this.pos += 8;
  }

  /** Bytes as they are. */
  copy(source: Uint8Array, start: number, end: number): void {
    const length = end - start;
    this.ensure(length);
    if (length < SHORT) {
      for (let index = start; index < end; index += 1) this.bytes[this.pos++] = source[index] as number;
    } else {
      this.bytes.set(source.subarray(start, end), this.pos);
      this.pos += length;
    }
  }

  /** Characters of ASCII, without a length before them. */
  ascii(text: string): void {
    const { length } = text;
    this.ensure(length);
    for (let index = 0; index < length; index += 1) this.bytes[this.pos++] = text.charCodeAt(index);
  }

  /** A text column from a JavaScript string. */
  text(text: string): void {
    if (text.length < SHORT && this.#shortAscii(text)) return;
    const length = Buffer.byteLength(text);
    this.length(length);
    this.ensure(length);
    this.bytes.write(text, this.pos, length);
    this.pos += length;
  }

  /** Returns what was written, in a buffer of the pool, and starts over. */
  take(pool: BufferPool): Buffer {
    const { bytes, pos } = this;
    const copy = pool.take(pos);
    bytes.copy(copy, 0, 0, pos);
    this.pos = 0;
    return copy.subarray(0, pos);
  }

  /** Starts over. What grew beyond `keepBytes` is given back. */
  reset(keepBytes: number): void {
    this.pos = 0;
    if (this.bytes.length > keepBytes) this.#replace(Buffer.allocUnsafeSlow(FIRST_CAPACITY));
  }

  /** Writes a short text where it is all ASCII; false, with nothing written, where it is not. */
  #shortAscii(text: string): boolean {
    const { length } = text;
    this.ensure(length + 1);
    const { bytes, pos } = this;
    for (let index = 0; index < length; index += 1) {
      const code = text.charCodeAt(index);
      if (code >= 0x80) return false;
      bytes[pos + 1 + index] = code;
    }
    bytes[pos] = length;
    this.pos = pos + 1 + length;
    return true;
  }

  #grow(more: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.bytes.length, this.pos + more));
    larger.set(this.bytes.subarray(0, this.pos));
    this.#replace(larger);
  }

  #replace(bytes: Buffer): void {
    this.bytes = bytes;
    this.view = viewOf(bytes);
  }
}

const viewOf = (bytes: Buffer): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Reads a byte array from its beginning to its end. Everything is little-endian. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #texts: Buffer;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    // A `Buffer` is given as what it extends, because its `slice` does not copy.
    this.#bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#texts = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** A number of 7 bits a byte. */
  varint(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.#view.getUint8(this.#at++);
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }

  /** A UInt64 below 2^53. */
  uint64(): number {
    const low = this.#view.getUint32(this.#at, true);
    const high = this.#view.getUint32(this.#at + 4, true);
    this.#at += 8;
    return high * 2 ** 32 + low;
  }

  /** The lowest 32 bits of a UInt64: where the others are flags. */
  lowWord(): number {
    const low = this.#view.getUint32(this.#at, true);
    this.#at += 8;
    return low;
  }

  /** Bytes of their own, so that typed arrays over them are aligned. */
  copy(length: number): ArrayBuffer {
    const from = this.#take(length);
    return this.#bytes.slice(from, from + length).buffer;
  }

  text(): string {
    const length = this.varint();
    if (length === 0) return '';
    const from = this.#take(length);
    return this.#texts.toString('utf8', from, from + length);
  }

  #take(length: number): number {
    const from = this.#at;
    if (from + length > this.#bytes.length) throw new RangeError('The result of ClickHouse ends too early.');
    this.#at += length;
    return from;
  }
}

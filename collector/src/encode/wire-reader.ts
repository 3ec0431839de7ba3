import { DecodeError } from '../otlp/decode-error.js';
import {
  WIRE_32_BIT,
  WIRE_64_BIT,
  WIRE_GROUP_END,
  WIRE_GROUP_START,
  WIRE_LENGTH,
  WIRE_VARINT,
} from '../otlp/wire-types.js';

const MAX_GROUP_DEPTH = 100;

/**
 * A cursor over a protobuf body. Reads numbers and positions and makes no objects: text and nested messages are ranges
 * of positions. Methods throw DecodeError where the bytes are not protobuf.
 */
export class WireReader {
  bytes: Uint8Array = new Uint8Array();
  view: DataView = new DataView(this.bytes.buffer);
  pos = 0;
  /** The 64-bit value read last, as two unsigned halves. */
  low = 0;
  high = 0;

  /** Starts over with another body. */
  reset(bytes: Uint8Array): void {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.pos = 0;
  }

  /** The next tag: the field number times 8, plus the wire type. */
  tag(): number {
    const byte = this.bytes[this.pos] as number;
    if (byte < 0x80 && byte >= 8) {
      this.pos += 1;
      return byte;
    }
    const tag = this.varint32();
    if (tag < 8) throw this.malformed('field number 0');
    return tag;
  }

  /** Reads a length; returns where the bytes that it announces end. They begin at `pos`. */
  end(limit: number): number {
    const byte = this.bytes[this.pos] as number;
    let length = byte;
    if (byte < 0x80) this.pos += 1;
    else length = this.varint32();
    const end = this.pos + length;
    if (end > limit) throw this.malformed('a length runs past the end of its message');
    return end;
  }

  /** The low 32 bits of a varint, unsigned. */
  varint32(): number {
    this.varint64();
    return this.low;
  }

  /** Reads a varint into `low` and `high`. */
  varint64(): void {
    const { bytes } = this;
    let low = 0;
    let high = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = bytes[this.pos];
      if (byte === undefined) break;
      this.pos += 1;
      const bits = byte & 0x7f;
      if (shift < 28) low |= bits << shift;
      else if (shift === 28) {
        low |= bits << 28;
        high = bits >> 4;
      } else high |= bits << (shift - 32);
      if (byte < 0x80) {
        this.low = low >>> 0;
        this.high = high >>> 0;
        return;
      }
    }
    throw this.malformed('a number does not end');
  }

  /** Reads eight bytes at a position into `low` and `high`; does not move. */
  fixed64At(position: number): void {
    this.low = this.view.getUint32(position, true);
    this.high = this.view.getUint32(position + 4, true);
  }

  /** Passes over the value of a field. */
  skip(tag: number, limit: number): void {
    switch (tag & 7) {
      case WIRE_VARINT:
        this.varint64();
        break;
      case WIRE_64_BIT:
        this.pos += 8;
        break;
      case WIRE_LENGTH:
        this.pos = this.end(limit);
        break;
      case WIRE_32_BIT:
        this.pos += 4;
        break;
      default:
        this.#skipGroup(tag, limit);
    }
    this.expectWithin(limit);
  }

  /** Throws where a value ran past its message. */
  expectWithin(limit: number): void {
    if (this.pos > limit) throw this.malformed('a value runs past the end of its message');
  }

  /** The error of a body that is not protobuf, or not OTLP. */
  malformed(reason: string): DecodeError {
    return new DecodeError('malformed', `${reason} (near byte ${this.pos})`);
  }

  // Groups are older than OTLP; a stack of numbers instead of recursion, as anybody can send a million of them.
  #skipGroup(tag: number, limit: number): void {
    if ((tag & 7) !== WIRE_GROUP_START) throw this.malformed(`wire type ${tag & 7}`);
    const open = [tag >>> 3];
    while (open.length > 0) {
      if (this.pos >= limit) throw this.malformed('a group does not end');
      const next = this.tag();
      const type = next & 7;
      if (type === WIRE_GROUP_START) {
        open.push(next >>> 3);
        if (open.length > MAX_GROUP_DEPTH) throw this.malformed('groups are nested too deep');
      } else if (type === WIRE_GROUP_END) {
        if (open.pop() !== next >>> 3) throw this.malformed('a group ends as another');
      } else this.skip(next, limit);
    }
  }
}

import { doubleText, int64Text } from './number-text.js';
import type { WireReader } from './wire-reader.js';

// Kinds of OTLP's dynamic value, by the tag under which they travel.
const NO_VALUE = 0;
/** Text. */
export const STRING_VALUE = 0x0a;
/** A boolean. */
export const BOOL_VALUE = 0x10;
/** A signed 64-bit integer. */
export const INT_VALUE = 0x18;
/** A 64-bit float. */
export const DOUBLE_VALUE = 0x21;
/** A list of values. */
export const ARRAY_VALUE = 0x2a;
/** A list of keys with values. */
export const LIST_VALUE = 0x32;
/** Bytes. */
export const BYTES_VALUE = 0x3a;

const GREATEST_FIELD = 7;

/** One AnyValue, read without making it: its kind, and a number or where its bytes lie. Reused from value to value. */
export class ValueSlot {
  kind = NO_VALUE;
  start = 0;
  end = 0;
  /** The 64 bits of an integer or a boolean, as two unsigned halves. */
  low = 0;
  high = 0;

  /** Reads the AnyValue in a range of the body. Of several variants the last one counts, as in any protobuf oneof. */
  read(wire: WireReader, start: number, end: number): void {
    this.kind = NO_VALUE;
    wire.pos = start;
    while (wire.pos < end) {
      const tag = wire.tag();
      switch (tag) {
        case STRING_VALUE:
        case ARRAY_VALUE:
        case LIST_VALUE:
        case BYTES_VALUE:
          this.kind = tag;
          this.end = wire.end(end);
          this.start = wire.pos;
          wire.pos = this.end;
          break;
        case BOOL_VALUE:
        case INT_VALUE:
          this.kind = tag;
          wire.varint64();
          this.low = wire.low;
          this.high = wire.high;
          break;
        case DOUBLE_VALUE:
          this.kind = tag;
          this.start = wire.pos;
          wire.pos += 8;
          break;
        default:
          if (tag >>> 3 <= GREATEST_FIELD) throw wire.malformed(`an attribute value has tag ${tag}`);
          wire.skip(tag, end);
      }
    }
    wire.expectWithin(end);
  }

  /** The text of an integer, a boolean or a double. */
  scalarText(wire: WireReader): string {
    if (this.kind === INT_VALUE) return int64Text(this.low, this.high);
    if (this.kind === BOOL_VALUE) return this.low !== 0 || this.high !== 0 ? 'true' : 'false';
    return doubleText(wire.view.getFloat64(this.start, true));
  }
}

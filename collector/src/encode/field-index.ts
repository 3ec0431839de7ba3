import type { Message } from '../otlp/field.js';
import { WIRE_LENGTH, WIRE_TYPES } from '../otlp/wire-types.js';
import type { EncodeLimits } from './encode-limits.js';
import { RangeList } from './range-list.js';
import type { WireReader } from './wire-reader.js';

/**
 * Where the fields of one message lie in a body: OTLP may send them in any order, a row has one. Made once from the
 * description of the message and filled anew for each message of its kind.
 */
export class FieldIndex {
  readonly #wire: WireReader;
  /** By field number: where the value begins that was sent last, -1 where none was. */
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  /** By field number: the only wire type that is taken; UNKNOWN for fields that are passed over. */
  readonly #wireTypes: Uint8Array;
  readonly #lists: (RangeList | null)[];

  constructor(wire: WireReader, message: Message, limits: EncodeLimits) {
    const size = Math.max(...message.byNumber.keys()) + 1;
    this.#wire = wire;
    this.#starts = new Int32Array(size).fill(-1);
    this.#ends = new Int32Array(size);
    this.#wireTypes = new Uint8Array(size).fill(UNKNOWN);
    this.#lists = new Array(size).fill(null);
    for (const { name, number, kind, isRepeated } of message.byNumber.values()) {
      this.#wireTypes[number] = WIRE_TYPES[kind];
      // Also a single message may come in several parts, which are merged: protobuf's rule.
      if (isRepeated || kind === 'message') {
        this.#lists[number] = new RangeList(isRepeated ? maxElements(name, limits) : MAX_PARTS);
      }
    }
  }

  /** Forgets the message before and reads where the fields of this one lie. */
  scan(start: number, end: number): void {
    this.#clear();
    this.#add(start, end);
  }

  /** Reads a message that came in several parts; in none at all, where there is none. */
  scanAll(parts: RangeList): void {
    this.#clear();
    for (let index = 0; index < parts.count; index += 1) this.#add(parts.start(index), parts.end(index));
  }

  /** The parts of a nested message, or the elements of a list. Packed numbers come as the runs that they were sent in. */
  list(number: number): RangeList {
    return this.#lists[number] as RangeList;
  }

  /** Whether a field was sent. */
  has(number: number): boolean {
    return (this.#starts[number] as number) >= 0;
  }

  /** Where the bytes of a field begin; 0 where it was not sent. Its `end` is then 0 as well. */
  start(number: number): number {
    const start = this.#starts[number] as number;
    return Math.max(start, 0);
  }

  end(number: number): number {
    return (this.#starts[number] as number) < 0 ? 0 : (this.#ends[number] as number);
  }

  /** A varint as the low 32 bits of it, signed; 0 where it was not sent. */
  int32(number: number): number {
    if (!this.has(number)) return 0;
    this.#wire.pos = this.start(number);
    return this.#wire.varint32() | 0;
  }

  /** A zigzag varint of 32 bits; 0 where it was not sent. */
  sint32(number: number): number {
    const zigzag = this.int32(number);
    return (zigzag >>> 1) ^ -(zigzag & 1);
  }

  /** A number of eight bytes into `low` and `high` of the reader; 0 where it was not sent. */
  fixed64(number: number): void {
    if (this.has(number)) this.#wire.fixed64At(this.start(number));
    else {
      this.#wire.low = 0;
      this.#wire.high = 0;
    }
  }

  /** A signed number of eight bytes as a double; 0 where it was not sent. */
  int64(number: number): number {
    this.fixed64(number);
    return (this.#wire.high | 0) * TWO_32 + this.#wire.low;
  }

  /** A number of four bytes; 0 where it was not sent. */
  fixed32(number: number): number {
    return this.has(number) ? this.#wire.view.getUint32(this.start(number), true) : 0;
  }

  /** A double; `otherwise` where it was not sent. */
  double(number: number, otherwise: number): number {
    return this.has(number) ? this.#wire.view.getFloat64(this.start(number), true) : otherwise;
  }

  /** The bytes of the body that positions are in. */
  get bytes(): Uint8Array {
    return this.#wire.bytes;
  }

  /** A boolean; false where it was not sent. */
  bool(number: number): boolean {
    if (!this.has(number)) return false;
    this.#wire.pos = this.start(number);
    this.#wire.varint64();
    return this.#wire.low !== 0 || this.#wire.high !== 0;
  }

  #clear(): void {
    this.#starts.fill(-1);
    for (const list of this.#lists) list?.clear();
  }

  #add(start: number, end: number): void {
    const wire = this.#wire;
    wire.pos = start;
    while (wire.pos < end) {
      const tag = wire.tag();
      const number = tag >>> 3;
      const expected = number < this.#wireTypes.length ? (this.#wireTypes[number] as number) : UNKNOWN;
      if (expected === UNKNOWN) wire.skip(tag, end);
      else this.#addField(number, tag & 7, end);
    }
    wire.expectWithin(end);
  }

  #addField(number: number, wireType: number, limit: number): void {
    const wire = this.#wire;
    const list = this.#lists[number] as RangeList | null;
    const expected = this.#wireTypes[number] as number;
    // Numbers of a list come packed or one by one: both must be taken.
    if (wireType !== expected && !(list !== null && wireType === WIRE_LENGTH)) {
      throw wire.malformed(`field ${number} has wire type ${wireType}, not ${expected}`);
    }
    let end = 0;
    if (wireType === WIRE_LENGTH) end = wire.end(limit);
    const start = wire.pos;
    if (wireType === WIRE_LENGTH) wire.pos = end;
    else {
      wire.skip((number << 3) | wireType, limit);
      end = wire.pos;
    }
    if (list !== null) list.push(start, end);
    else {
      this.#starts[number] = start;
      this.#ends[number] = end;
    }
  }
}

const TWO_32 = 4_294_967_296;

const UNKNOWN = 255;

// Parts that one message may come in. Nobody sends two.
const MAX_PARTS = 64;

const maxElements = (name: string, limits: EncodeLimits): number => {
  if (name === 'attributes' || name === 'filteredAttributes') return limits.maxAttributes;
  const isPerItem =
    name === 'events' || name === 'links' || name === 'exemplars' || name === 'quantileValues';
  return isPerItem ? limits.maxEvents : limits.maxItems;
};

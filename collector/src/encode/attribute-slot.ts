import type { WireReader } from './wire-reader.js';

const KEY = 0x0a;
const VALUE = 0x12;
const GREATEST_FIELD = 2;

/** Where the key and the value of one attribute lie in a body. Reused from attribute to attribute. */
export class AttributeSlot {
  keyStart = 0;
  keyEnd = 0;
  valueStart = 0;
  valueEnd = 0;

  /** Reads the KeyValue in a range of the body. */
  read(wire: WireReader, start: number, end: number): void {
    const { bytes } = wire;
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
      this.keyStart = keyStart;
      this.keyEnd = keyEnd;
      this.valueStart = valueStart;
      this.valueEnd = end;
    } else this.#readAny(wire, start, end);
  }

  #readAny(wire: WireReader, start: number, end: number): void {
    this.keyStart = 0;
    this.keyEnd = 0;
    this.valueStart = 0;
    this.valueEnd = 0;
    wire.pos = start;
    while (wire.pos < end) {
      const tag = wire.tag();
      if (tag === KEY) {
        this.keyEnd = wire.end(end);
        this.keyStart = wire.pos;
        wire.pos = this.keyEnd;
      } else if (tag === VALUE) {
        this.valueEnd = wire.end(end);
        this.valueStart = wire.pos;
        wire.pos = this.valueEnd;
      } else if (tag >>> 3 <= GREATEST_FIELD) throw wire.malformed(`an attribute has tag ${tag}`);
      else wire.skip(tag, end);
    }
    wire.expectWithin(end);
  }
}

import type { ByteWriter } from '../byte-writer.js';

// 2^53 in the high half: beyond it a double is no longer exact.
const EXACT_HIGH = 0x20_0000;
const TWO_32 = 4_294_967_296;

/** The decimal digits of an int64 that is given as two unsigned halves. */
export const int64Text = (low: number, high: number): string => {
  const signed = high | 0;
  if (signed >= -EXACT_HIGH && signed < EXACT_HIGH) return String(signed * TWO_32 + low);
  return String(BigInt.asIntN(64, (BigInt(high) << 32n) | BigInt(low)));
};

/** A double as the contrib exporter writes it: the shortest digits, `NaN`, `Infinity`, and the sign of zero. */
export const doubleText = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));

const ZERO = 0x30;

/** Writes an unsigned integer of 32 bits as a text column of its decimal digits. */
export const writeDigits = (out: ByteWriter, value: number): void => {
  let digits = 1;
  for (let limit = 10; limit <= value; limit *= 10) digits += 1;
  out.length(digits);
  out.ensure(digits);
  const { bytes } = out;
  let rest = value;
  for (let at = out.pos + digits - 1; at >= out.pos; at -= 1) {
    const tenth = Math.floor(rest / 10);
    bytes[at] = ZERO + rest - 10 * tenth;
    rest = tenth;
  }
  out.pos += digits;
};

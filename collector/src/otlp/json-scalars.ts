import type { ByteWriter } from '../byte-writer.js';
import { DecodeError } from './decode-error.js';
import type { ScalarKind } from './field.js';
import { type JsonCursor, TEXT } from './json-cursor.js';

type Transcode = (cursor: JsonCursor, out: ByteWriter) => void;

/** How each scalar of OTLP/JSON becomes protobuf, without its tag. They throw DecodeError. */
export const JSON_SCALARS: Readonly<Record<ScalarKind, Transcode>> = {
  string(cursor, out) {
    readString(cursor);
    if (cursor.isEscaped) out.text(cursor.text());
    else {
      out.length(cursor.end - cursor.start);
      out.copy(cursor.bytes, cursor.start, cursor.end);
    }
  },
  id(cursor, out) {
    readString(cursor);
    writeBytes(out, idBytes(cursor.text()));
  },
  bytes(cursor, out) {
    const { pos } = cursor;
    readString(cursor);
    const text = cursor.text();
    // Buffer skips what is not base64: refuse it instead.
    if (!BASE64.test(text)) throw unexpectedAt(cursor, pos, 'base64');
    writeBytes(out, Buffer.from(text, 'base64'));
  },
  bool(cursor, out) {
    if (cursor.literal('true')) out.uint8(1);
    else if (cursor.literal('false')) out.uint8(0);
    else throw unexpectedAt(cursor, cursor.pos, 'true or false');
  },
  double(cursor, out) {
    out.float64(readDouble(cursor));
  },
  enum(cursor, out) {
    if (cursor.peek() === TEXT) throw unexpectedAt(cursor, cursor.pos, 'an integer');
    writeVarint(out, readInteger(cursor, { type: 'enum', least: MIN_INT32, greatest: MAX_INT32 }));
  },
  sint32(cursor, out) {
    const value = readInteger(cursor, { type: 'int32', least: MIN_INT32, greatest: MAX_INT32 });
    writeVarint(out, value < 0n ? -2n * value - 1n : 2n * value);
  },
  uint32(cursor, out) {
    writeVarint(out, readInteger(cursor, { type: 'uint32', least: 0n, greatest: MAX_UINT32 }));
  },
  fixed32(cursor, out) {
    out.uint32(Number(readInteger(cursor, { type: 'uint32', least: 0n, greatest: MAX_UINT32 })));
  },
  int64(cursor, out) {
    writeVarint(out, readInteger(cursor, { type: 'int64', least: MIN_INT64, greatest: MAX_INT64 }));
  },
  sfixed64(cursor, out) {
    writeFixed64(out, readInteger(cursor, { type: 'int64', least: MIN_INT64, greatest: MAX_INT64 }));
  },
  uint64(cursor, out) {
    writeVarint(out, readInteger(cursor, { type: 'uint64', least: 0n, greatest: MAX_UINT64 }));
  },
  fixed64(cursor, out) {
    writeFixed64(out, readInteger(cursor, { type: 'uint64', least: 0n, greatest: MAX_UINT64 }));
  },
};

/** The error where a value is not what its field takes. The cursor moves back to it. */
export const unexpectedAt = (cursor: JsonCursor, pos: number, expected: string): DecodeError => {
  cursor.pos = pos;
  return new DecodeError('malformed', `expected ${expected}, found ${cursor.describe()}`);
};

const MIN_INT32 = -(2n ** 31n);
const MAX_INT32 = 2n ** 31n - 1n;
const MAX_UINT32 = 2n ** 32n - 1n;
const MIN_INT64 = -(2n ** 63n);
const MAX_INT64 = 2n ** 63n - 1n;
const MAX_UINT64 = 2n ** 64n - 1n;

// Longer text cannot be a 64-bit integer, and BigInt takes quadratic time.
const INTEGER = /^-?\d{1,64}$/;
const NUMBER = /^-?\d{1,400}(\.\d{1,400})?([eE][-+]?\d{1,4})?$/;
const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;
const HEX = /^(?:[0-9a-fA-F]{2})*$/;

// No id has more than 16 bytes: one that is too long, or no hex at all, becomes one that is refused for its length.
const INVALID_ID = Buffer.alloc(17);

const idBytes = (text: string): Buffer =>
  text.length >= 2 * INVALID_ID.length || !HEX.test(text) ? INVALID_ID : Buffer.from(text, 'hex');

const readString = (cursor: JsonCursor): void => {
  if (cursor.peek() !== TEXT) throw unexpectedAt(cursor, cursor.pos, 'a string');
  cursor.string();
};

/** The characters of a number, which may stand in quotes; `null` where something else comes next. */
const readDigits = (cursor: JsonCursor): string | null => {
  const byte = cursor.peek();
  if (byte === TEXT) {
    cursor.string();
    return cursor.text();
  }
  const isNumber = byte === 0x2d || (byte >= 0x30 && byte <= 0x39);
  return isNumber ? cursor.number() : null;
};

type IntegerRange = { readonly type: string; readonly least: bigint; readonly greatest: bigint };

const readInteger = (cursor: JsonCursor, { type, least, greatest }: IntegerRange): bigint => {
  const isText = cursor.peek() === TEXT;
  const { pos } = cursor;
  const value = toBigInt(readDigits(cursor), isText);
  if (value === null) throw unexpectedAt(cursor, pos, 'an integer');
  if (value >= least && value <= greatest) return value;
  cursor.pos = pos;
  throw new DecodeError('out-of-range', `${cursor.describe()} does not fit ${type}`);
};

const toBigInt = (digits: string | null, isText: boolean): bigint | null => {
  if (digits === null) return null;
  if (INTEGER.test(digits)) return BigInt(digits);
  const number = isText ? Number.NaN : Number(digits);
  return Number.isInteger(number) ? BigInt(number) : null;
};

const readDouble = (cursor: JsonCursor): number => {
  const isText = cursor.peek() === TEXT;
  const { pos } = cursor;
  const digits = readDigits(cursor);
  const isWord = isText && (digits === 'NaN' || digits === 'Infinity' || digits === '-Infinity');
  if (digits !== null && (!isText || isWord || NUMBER.test(digits))) return Number(digits);
  throw unexpectedAt(cursor, pos, 'a number');
};

const writeBytes = (out: ByteWriter, bytes: Buffer): void => {
  out.length(bytes.length);
  out.copy(bytes, 0, bytes.length);
};

const writeFixed64 = (out: ByteWriter, value: bigint): void => {
  const bits = BigInt.asUintN(64, value);
  out.uint64(Number(bits & 0xffff_ffffn), Number(bits >> 32n));
};

const SMALL = 2n ** 31n;

const writeVarint = (out: ByteWriter, value: bigint): void => {
  if (value >= 0n && value < SMALL) {
    out.length(Number(value));
    return;
  }
  let bits = BigInt.asUintN(64, value);
  while (bits >= 0x80n) {
    out.uint8(Number(bits & 0x7fn) | 0x80);
    bits >>= 7n;
  }
  out.uint8(Number(bits));
};

import type { Reader } from 'protobufjs/minimal.js';
import type { ScalarKind } from './field.js';

const WIRE_VARINT = 0;
const WIRE_64_BIT = 1;
/** The wire type of text, bytes, nested messages and packed lists. */
export const WIRE_LENGTH_DELIMITED = 2;
const WIRE_32_BIT = 5;

type ScalarCodec = { readonly wireType: number; read(reader: Reader): unknown };

/** How each scalar is read from the wire. Strings are decoded leniently: bytes that are not UTF-8 become U+FFFD. */
export const PROTOBUF_SCALARS: Readonly<Record<ScalarKind, ScalarCodec>> = {
  string: { wireType: WIRE_LENGTH_DELIMITED, read: (reader) => reader.string() },
  bytes: { wireType: WIRE_LENGTH_DELIMITED, read: (reader) => reader.bytes() },
  id: { wireType: WIRE_LENGTH_DELIMITED, read: (reader) => readHex(reader) },
  bool: { wireType: WIRE_VARINT, read: (reader) => reader.bool() },
  uint32: { wireType: WIRE_VARINT, read: (reader) => reader.uint32() },
  sint32: { wireType: WIRE_VARINT, read: (reader) => reader.sint32() },
  enum: { wireType: WIRE_VARINT, read: (reader) => reader.int32() },
  int64: { wireType: WIRE_VARINT, read: (reader) => BigInt.asIntN(64, toBigInt(reader.int64())) },
  uint64: { wireType: WIRE_VARINT, read: (reader) => toBigInt(reader.uint64()) },
  double: { wireType: WIRE_64_BIT, read: (reader) => reader.double() },
  fixed64: { wireType: WIRE_64_BIT, read: (reader) => readFixed64(reader) },
  sfixed64: { wireType: WIRE_64_BIT, read: (reader) => BigInt.asIntN(64, readFixed64(reader)) },
  fixed32: { wireType: WIRE_32_BIT, read: (reader) => reader.fixed32() },
};

/** The 64 bits of a protobufjs integer, unsigned. */
const toBigInt = ({ high, low }: { high: number; low: number }): bigint =>
  (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);

const readFixed64 = (reader: Reader): bigint => {
  const { buf, pos } = reader;
  reader.skip(8);
  return new DataView(buf.buffer, buf.byteOffset + pos, 8).getBigUint64(0, true);
};

// No id is longer than 16 bytes. Of anything longer only so much is kept that it is still seen to be too long.
const MAX_ID_BYTES = 17;

const readHex = (reader: Reader): string => {
  const bytes = reader.bytes();
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, MAX_ID_BYTES)).toString('hex');
};

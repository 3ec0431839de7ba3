import type { FieldKind } from './field.js';

/** Wire types of protobuf: how the end of a value is found. */
export const WIRE_VARINT = 0;
export const WIRE_64_BIT = 1;
/** Text, bytes, nested messages and packed lists. */
export const WIRE_LENGTH = 2;
export const WIRE_GROUP_START = 3;
export const WIRE_GROUP_END = 4;
export const WIRE_32_BIT = 5;

/** The wire type of one value of each kind. */
export const WIRE_TYPES: Readonly<Record<FieldKind, number>> = {
  string: WIRE_LENGTH,
  bytes: WIRE_LENGTH,
  id: WIRE_LENGTH,
  anyValue: WIRE_LENGTH,
  message: WIRE_LENGTH,
  bool: WIRE_VARINT,
  uint32: WIRE_VARINT,
  sint32: WIRE_VARINT,
  enum: WIRE_VARINT,
  int64: WIRE_VARINT,
  uint64: WIRE_VARINT,
  double: WIRE_64_BIT,
  fixed64: WIRE_64_BIT,
  sfixed64: WIRE_64_BIT,
  fixed32: WIRE_32_BIT,
};

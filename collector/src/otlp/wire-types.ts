import type { FieldKind } from './field.js';

// Wire types of protobuf: they tell where a value ends.
/** A number of up to ten bytes, the last of which has no high bit. */
export const WIRE_VARINT = 0;
/** Eight bytes. */
export const WIRE_64_BIT = 1;
/** Text, bytes, nested messages and packed lists. */
export const WIRE_LENGTH = 2;
/** Fields up to the end of the group; older than OTLP. */
export const WIRE_GROUP_START = 3;
/** The end of a group. */
export const WIRE_GROUP_END = 4;
/** Four bytes. */
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

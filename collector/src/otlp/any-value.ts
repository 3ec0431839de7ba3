import { anyValue, bool, bytes, double, embedded, int64, list, message, repeated, string } from './field.js';

/** An attribute: a key and an AnyValue. */
export const keyValue = message({ key: string(1), value: anyValue(2) });

/** The message AnyValue: at most one of these is set. If more come, the last one counts, as with any protobuf oneof. */
export const anyValueVariants = message({
  stringValue: string(1),
  boolValue: bool(2),
  intValue: int64(3),
  doubleValue: double(4),
  arrayValue: embedded(5, message({ values: list(anyValue(1)) })),
  kvlistValue: embedded(6, message({ values: repeated(1, keyValue) })),
  bytesValue: bytes(7),
});

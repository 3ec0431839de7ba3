import {
  bool,
  bytes,
  type Decoded,
  double,
  embedded,
  type Field,
  int64,
  list,
  message,
  repeated,
  string,
} from './field.js';

/**
 * OTLP's dynamic value in memory: int64 is a bigint, double a number, bytes a `Uint8Array`, an array an array, a
 * key-value list a `Map` (of two equal keys the last one counts), an empty value `null`.
 */
export type AnyValue =
  | string
  | boolean
  | bigint
  | number
  | Uint8Array
  | readonly AnyValue[]
  | ReadonlyMap<string, AnyValue>
  | null;

/** A field that holds an AnyValue; `null` where none was sent. */
export const anyValue = (number: number): Field<AnyValue> => ({
  number,
  kind: 'anyValue',
  initial: null,
  isRepeated: false,
  message: null,
});

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

/** Takes the value out of the variant that was sent under `name`. */
export const fromVariant = (name: string, value: unknown): AnyValue => {
  if (name === 'arrayValue') return (value as { values: readonly AnyValue[] }).values;
  if (name === 'kvlistValue') {
    const { values } = value as { values: readonly KeyValue[] };
    return new Map(values.map((entry) => [entry.key, entry.value]));
  }
  return value as AnyValue;
};

/** A decoded attribute. */
export type KeyValue = Decoded<typeof keyValue>;

import fc from 'fast-check';
import type { Message, NamedField, ScalarKind } from '../otlp/field.js';

/** A message in OTLP/JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

const integer = (min: bigint, max: bigint): fc.Arbitrary<Json> =>
  fc.oneof(fc.bigInt(min, max), fc.constantFrom(min, max)).chain((value) => {
    const isSafe = Number.isSafeInteger(Number(value));
    return isSafe ? fc.constantFrom<Json>(String(value), Number(value)) : fc.constant<Json>(String(value));
  });

const hex = (bytes: number): fc.Arbitrary<string> =>
  fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((array) => Buffer.from(array).toString('hex'));

// Lone surrogates are left out: the two encodings cannot express them alike.
const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('__proto__', 'constructor', 'a.__proto__.b', '\0'));

const SCALARS: Readonly<Record<ScalarKind, fc.Arbitrary<Json>>> = {
  string: text,
  bool: fc.boolean(),
  double: fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom('NaN', 'Infinity', '-Infinity'),
  ),
  int64: integer(-(2n ** 63n), 2n ** 63n - 1n),
  sfixed64: integer(-(2n ** 63n), 2n ** 63n - 1n),
  uint64: integer(0n, 2n ** 64n - 1n),
  fixed64: integer(0n, 2n ** 64n - 1n),
  uint32: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  fixed32: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  sint32: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  enum: fc.oneof(fc.nat(6), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
  bytes: fc.uint8Array({ maxLength: 8 }).map((bytes) => Buffer.from(bytes).toString('base64')),
  id: fc.oneof(hex(16), hex(8), hex(0), hex(3), fc.constant('00'.repeat(16))),
};

/** Any AnyValue, some levels deep. */
export const anyValue: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constant<Json>({}),
    SCALARS.string.map((stringValue): Json => ({ stringValue })),
    SCALARS.bool.map((boolValue): Json => ({ boolValue })),
    SCALARS.int64.map((intValue): Json => ({ intValue })),
    SCALARS.double.map((doubleValue): Json => ({ doubleValue })),
    SCALARS.bytes.map((bytesValue): Json => ({ bytesValue })),
    fc.array(tie('value'), { maxLength: 3 }).map((values): Json => ({ arrayValue: { values } })),
    fc
      .array(fc.record({ key: text, value: tie('value') }), { maxLength: 3 })
      .map((values): Json => ({ kvlistValue: { values } })),
  ),
})).value;

const arbitraryField = ({ kind, message, isRepeated }: NamedField): fc.Arbitrary<Json> => {
  const one =
    message !== null ? arbitraryMessage(message) : kind === 'anyValue' ? anyValue : SCALARS[kind as ScalarKind];
  return isRepeated ? fc.array(one, { maxLength: 3 }) : one;
};

/** Any request that its description allows, in OTLP/JSON: every field may be absent, every value extreme. */
export const arbitraryMessage = (message: Message): fc.Arbitrary<Json> => {
  const fields = [...message.byName].map(([name, field]) => [name, arbitraryField(field)]);
  return fc.record(Object.fromEntries(fields) as Record<string, fc.Arbitrary<Json>>, { requiredKeys: [] }) as
    fc.Arbitrary<Json>;
};

/**
 * How the value of a field travels. The names are protobuf's own, and three more: `id` (bytes that name a trace or a
 * span), `anyValue` (OTLP's dynamic value) and `message` (a nested message).
 */
export type FieldKind = ScalarKind | 'anyValue' | 'message';

/** The kinds that hold one value and no further fields. */
export type ScalarKind =
  | 'string'
  | 'bool'
  | 'double'
  | 'int64'
  | 'uint64'
  | 'fixed64'
  | 'sfixed64'
  | 'uint32'
  | 'fixed32'
  | 'sint32'
  | 'enum'
  | 'bytes'
  | 'id';

/** One field of a message. `Value` is what it decodes to. */
export type Field<Value = unknown> = {
  /** Field number on the protobuf wire. */
  readonly number: number;
  readonly kind: FieldKind;
  readonly isRepeated: boolean;
  /** The nested message, where `kind` is `message`. */
  readonly message: Message | null;
  /** The value of a field that was not sent. */
  readonly initial: Value;
};

/** A message of OTLP: the one description from which both encodings are decoded. `Value` is what it decodes to. */
export type Message<Value = unknown> = {
  /** A message in which nothing was sent. Shared: copy it before writing. */
  readonly initial: Value;
  /** An item (span, log record, data point) can be rejected alone; anything else takes the whole request with it. */
  readonly isItem: boolean;
  readonly byNumber: ReadonlyMap<number, NamedField>;
  /** By the lowerCamelCase name of OTLP/JSON, which is also the property in memory. */
  readonly byName: ReadonlyMap<string, NamedField>;
};

/** A field with its name: lowerCamelCase, in OTLP/JSON and in memory. */
export type NamedField = Field & { readonly name: string };

/** What a field or a message decodes to. */
export type Decoded<Described extends { readonly initial: unknown }> = Described['initial'];

// Shared by every list that was not sent, so that an empty span costs no arrays.
const NONE: readonly never[] = Object.freeze([]);

const scalar =
  <Value>(kind: FieldKind, initial: Value) =>
  (number: number): Field<Value> => ({ number, kind, initial, isRepeated: false, message: null });

/** Well-formed text: what is not Unicode was replaced by U+FFFD. */
export const string = scalar<string>('string', '');
/** A boolean; false where none was sent. */
export const bool = scalar<boolean>('bool', false);
/** Borrowed from the body where that is protobuf: copy it to keep it. */
export const bytes = scalar<Uint8Array>('bytes', new Uint8Array());
/** A 64-bit float; NaN and the infinities are possible. */
export const double = scalar<number>('double', 0);
/** A signed 64-bit integer, a varint on the wire. */
export const int64 = scalar<bigint>('int64', 0n);
/** An unsigned 64-bit integer, a varint on the wire. */
export const uint64 = scalar<bigint>('uint64', 0n);
/** An unsigned 64-bit integer in eight bytes: times and counts. */
export const fixed64 = scalar<bigint>('fixed64', 0n);
/** A signed 64-bit integer in eight bytes. */
export const sfixed64 = scalar<bigint>('sfixed64', 0n);
/** An unsigned 32-bit integer, a varint on the wire. */
export const uint32 = scalar<number>('uint32', 0);
/** An unsigned 32-bit integer in four bytes: flags. */
export const fixed32 = scalar<number>('fixed32', 0);
/** A signed 32-bit integer, zigzag-encoded on the wire. */
export const sint32 = scalar<number>('sint32', 0);
/** Any 32-bit integer: enumerations are open on the wire. */
export const enumeration = scalar<number>('enum', 0);
/** Lower-case hex, two digits per byte; empty where none was sent. Its length is not checked here. */
export const id = scalar<string>('id', '');

/** A nested message; `undefined` where none was sent. */
export const embedded = <Value>(number: number, nested: Message<Value>): Field<Value | undefined> => ({
  number,
  kind: 'message',
  initial: undefined,
  isRepeated: false,
  message: nested,
});

/** A list of nested messages. */
export const repeated = <Value>(number: number, nested: Message<Value>): Field<readonly Value[]> => ({
  number,
  kind: 'message',
  initial: NONE,
  isRepeated: true,
  message: nested,
});

/** A list of scalars: `list(fixed64(6))`. */
export const list = <Value>(field: Field<Value>): Field<readonly Value[]> => ({
  ...field,
  initial: NONE,
  isRepeated: true,
});

/** A field whose absence means something: `undefined` where it was not sent. */
export const optional = <Value>(field: Field<Value>): Field<Value | undefined> => ({
  ...field,
  initial: undefined,
});

/** Describes a message by its fields. The keys are the names in OTLP/JSON and in memory. */
export const message = <Fields extends Record<string, Field>>(
  fields: Fields,
  { isItem = false }: { isItem?: boolean } = {},
): Message<{ readonly [Name in keyof Fields]: Decoded<Fields[Name]> }> => {
  const named = Object.entries(fields).map(([name, field]) => ({ ...field, name }));
  return {
    initial: Object.fromEntries(named.map(({ name, initial }) => [name, initial])) as {
      [Name in keyof Fields]: Decoded<Fields[Name]>;
    },
    isItem,
    byNumber: new Map(named.map((field) => [field.number, field])),
    byName: new Map(named.map((field) => [field.name, field])),
  };
};

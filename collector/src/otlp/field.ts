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

/** One field of a message. */
export type Field = {
  /** Field number on the protobuf wire. */
  readonly number: number;
  readonly kind: FieldKind;
  readonly isRepeated: boolean;
  /** The nested message, where `kind` is `message`. */
  readonly message: Message | null;
};

/** A field with its name: lowerCamelCase, as in OTLP/JSON. */
export type NamedField = Field & { readonly name: string };

/** A message of OTLP: the one description from which both encodings are read. */
export type Message<Name extends string = string> = {
  /** An item (span, log record, data point) can be rejected alone; anything else takes the whole request with it. */
  readonly isItem: boolean;
  readonly byNumber: ReadonlyMap<number, NamedField>;
  readonly byName: ReadonlyMap<Name, NamedField>;
};

const scalar =
  (kind: FieldKind) =>
  (number: number): Field => ({ number, kind, isRepeated: false, message: null });

/** Text in UTF-8. */
export const string = scalar('string');
/** A boolean. */
export const bool = scalar('bool');
/** Bytes; base64 in OTLP/JSON. */
export const bytes = scalar('bytes');
/** A 64-bit float; NaN and the infinities are possible. */
export const double = scalar('double');
/** A signed 64-bit integer, a varint on the wire. */
export const int64 = scalar('int64');
/** An unsigned 64-bit integer, a varint on the wire. */
export const uint64 = scalar('uint64');
/** An unsigned 64-bit integer in eight bytes: times and counts. */
export const fixed64 = scalar('fixed64');
/** A signed 64-bit integer in eight bytes. */
export const sfixed64 = scalar('sfixed64');
/** An unsigned 32-bit integer, a varint on the wire. */
export const uint32 = scalar('uint32');
/** An unsigned 32-bit integer in four bytes: flags. */
export const fixed32 = scalar('fixed32');
/** A signed 32-bit integer, zigzag-encoded on the wire. */
export const sint32 = scalar('sint32');
/** Any 32-bit integer: enumerations are open on the wire. */
export const enumeration = scalar('enum');
/** Bytes that name a trace or a span; hex in OTLP/JSON. Their number is not checked here. */
export const id = scalar('id');
/** OTLP's dynamic value, the message `anyValueVariants`. */
export const anyValue = scalar('anyValue');

/** A nested message. */
export const embedded = (number: number, nested: Message): Field => ({
  number,
  kind: 'message',
  isRepeated: false,
  message: nested,
});

/** A list of nested messages. */
export const repeated = (number: number, nested: Message): Field => list(embedded(number, nested));

/** A list: `list(fixed64(6))`. */
export const list = (field: Field): Field => ({ ...field, isRepeated: true });

/** Describes a message by its fields. The keys are the names in OTLP/JSON. */
export const message = <Name extends string>(
  fields: Readonly<Record<Name, Field>>,
  { isItem = false }: { isItem?: boolean } = {},
): Message<Name> => {
  const named = Object.entries<Field>(fields).map(([name, field]) => ({ ...field, name }));
  return {
    isItem,
    byNumber: new Map(named.map((field) => [field.number, field])),
    byName: new Map(named.map((field) => [field.name as Name, field])),
  };
};

/** The field numbers of a message by their names. */
export const numbersOf = <Name extends string>(message: Message<Name>): Readonly<Record<Name, number>> =>
  Object.fromEntries([...message.byName].map(([name, { number }]) => [name, number])) as Record<Name, number>;

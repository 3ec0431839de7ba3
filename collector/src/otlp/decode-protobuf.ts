import protobuf, { type Reader } from 'protobufjs/minimal.js';
import { type AnyValue, anyValueVariants, fromVariant } from './any-value.js';
import { createDecodeBudget, type DecodeBudget } from './decode-budget.js';
import { DecodeError } from './decode-error.js';
import type { Message, NamedField, ScalarKind } from './field.js';
import { PROTOBUF_SCALARS, WIRE_LENGTH_DELIMITED } from './protobuf-scalars.js';

type Context = { readonly reader: Reader; readonly budget: DecodeBudget };
type Target = Record<string, unknown>;

/**
 * Decodes a protobuf body. protobufjs reads the wire; the walk is ours, so that both encodings follow one description
 * and elements are counted while they are read. Unknown fields are skipped. Throws DecodeError.
 */
export const decodeProtobuf = <Value>(body: Buffer, message: Message<Value>): Value => {
  const reader = protobuf.Reader.create(body);
  try {
    const target = { ...(message.initial as Target) };
    return readFields({ reader, budget: createDecodeBudget() }, message, target) as Value;
  } catch (error) {
    throw toDecodeError(error, reader);
  }
};

// protobufjs reports bytes that are not protobuf as Error and RangeError; a TypeError is a mistake in this file.
const toDecodeError = (error: unknown, { pos }: Reader): unknown =>
  error instanceof DecodeError || error instanceof TypeError || !(error instanceof Error)
    ? error
    : new DecodeError('malformed', `${error.message} (near byte ${pos})`);

const readFields = (context: Context, message: Message, target: Target): Target => {
  const { reader } = context;
  while (reader.pos < reader.len) {
    const tag = reader.tag();
    const field = message.byNumber.get(tag >>> 3);
    if (field === undefined) reader.skipType(tag & 7, 0, tag >>> 3);
    else readField(context, field, tag & 7, target);
  }
  return target;
};

const readField = (context: Context, field: NamedField, wireType: number, target: Target): void => {
  const { name, kind, isRepeated } = field;
  if (kind === 'message' || kind === 'anyValue') {
    expectWireType(wireType, WIRE_LENGTH_DELIMITED, name);
    // A single message that comes twice is merged: protobuf's rule.
    const existing = isRepeated ? undefined : target[name];
    const value = field.message ? readNested(context, field.message, existing) : readAnyValue(context);
    if (isRepeated) listIn(target, field).push(value);
    else target[name] = value;
  } else if (isRepeated) {
    readScalars(context, kind, wireType, listIn(target, field));
  } else {
    expectWireType(wireType, PROTOBUF_SCALARS[kind].wireType, name);
    target[name] = PROTOBUF_SCALARS[kind].read(context.reader);
  }
};

// The initial list is shared and frozen: the first value brings a list of its own.
const listIn = (target: Target, { name, initial }: NamedField): unknown[] => {
  if (target[name] === initial) target[name] = [];
  return target[name] as unknown[];
};

const readNested = (context: Context, message: Message, existing: unknown): Target => {
  context.budget.spend();
  const target = { ...((existing ?? message.initial) as Target) };
  return confined(context.reader, () => readFields(context, message, target));
};

/** Packed or one by one: a decoder must take both. */
const readScalars = (
  { reader, budget }: Context,
  kind: ScalarKind,
  wireType: number,
  values: unknown[],
): void => {
  const { wireType: unpacked, read } = PROTOBUF_SCALARS[kind];
  const readOne = (): void => {
    budget.spend();
    values.push(read(reader));
  };
  if (wireType === unpacked) {
    readOne();
    return;
  }
  expectWireType(wireType, WIRE_LENGTH_DELIMITED, kind);
  confined(reader, () => {
    while (reader.pos < reader.len) readOne();
  });
};

const readAnyValue = (context: Context): AnyValue => {
  const { reader, budget } = context;
  budget.spend();
  budget.enter();
  const value = confined(reader, () => {
    let last: AnyValue = null;
    while (reader.pos < reader.len) {
      const tag = reader.tag();
      const variant = anyValueVariants.byNumber.get(tag >>> 3);
      if (variant === undefined) {
        reader.skipType(tag & 7, 0, tag >>> 3);
        continue;
      }
      const target: Target = {};
      readField(context, variant, tag & 7, target);
      last = fromVariant(variant.name, target[variant.name]);
    }
    return last;
  });
  budget.leave();
  return value;
};

/** Runs `read` with the reader confined to the length-prefixed bytes that come next. */
const confined = <Value>(reader: Reader, read: () => Value): Value => {
  const length = reader.size();
  const outer = reader.len;
  if (reader.pos + length > outer)
    throw new DecodeError('malformed', 'a length runs past the end of its message');
  reader.len = reader.pos + length;
  const value = read();
  reader.len = outer;
  return value;
};

const expectWireType = (found: number, expected: number, name: string): void => {
  if (found !== expected) {
    throw new DecodeError('malformed', `${name} has protobuf wire type ${found}, not ${expected}`);
  }
};

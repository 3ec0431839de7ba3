import { ByteWriter } from '../byte-writer.js';
import type { Rejections } from '../rejections.js';
import { anyValueVariants } from './any-value.js';
import { DecodeError } from './decode-error.js';
import type { Message, NamedField } from './field.js';
import { ARRAY, JsonCursor, OBJECT } from './json-cursor.js';
import { JSON_SCALARS, unexpectedAt } from './json-scalars.js';
import { MAX_VALUE_DEPTH } from './limits.js';
import { WIRE_LENGTH, WIRE_TYPES } from './wire-types.js';

// A nested message is written before its length is known: room for four bytes is left, which a varint may be padded to.
const LENGTH_BYTES = 4;
const GREATEST_LENGTH = 2 ** (7 * LENGTH_BYTES) - 1;
const KEPT_BYTES = 8 * 1024 * 1024;

/**
 * Turns an OTLP/JSON body into protobuf, so that there is one way from a request to its rows. lowerCamelCase names, hex
 * ids, integers for enumerations, 64-bit integers as decimal text or as numbers. Unknown fields are ignored, `null` counts
 * as not sent. An item with a number that does not fit is left out and counted in `rejections`. The result is valid until
 * the next call. Throws DecodeError.
 */
export type JsonTranscoder = (body: Buffer, message: Message, rejections: Rejections) => Buffer;

/** Creates a transcoder with a buffer that it uses again for every body. */
export const createJsonTranscoder = (): JsonTranscoder => {
  const cursor = new JsonCursor();
  const out = new ByteWriter();
  return (body, message, rejections) => {
    out.reset(KEPT_BYTES);
    // Nothing is an empty message in protobuf; in JSON it is taken for one.
    if (body.length === 0) return body;
    cursor.reset(body);
    new MessageTranscoder(cursor, out, rejections).fields(message);
    cursor.expectEnd();
    return out.bytes.subarray(0, out.pos);
  };
};

class MessageTranscoder {
  readonly #cursor: JsonCursor;
  readonly #out: ByteWriter;
  readonly #rejections: Rejections;
  #valueDepth = 0;

  constructor(cursor: JsonCursor, out: ByteWriter, rejections: Rejections) {
    this.#cursor = cursor;
    this.#out = out;
    this.#rejections = rejections;
  }

  /** Writes the fields of the object that comes next. */
  fields(message: Message): void {
    const cursor = this.#cursor;
    if (cursor.peek() !== OBJECT) throw unexpectedAt(cursor, cursor.pos, 'an object');
    if (!cursor.open(OBJECT)) return;
    do {
      cursor.key();
      const field = findField(message, cursor);
      if (field === undefined) cursor.skip();
      else if (!cursor.literal('null')) this.#field(field);
    } while (cursor.next(OBJECT));
  }

  #field(field: NamedField): void {
    try {
      if (field.isRepeated) this.#elements(field);
      else this.#one(field);
    } catch (error) {
      throw error instanceof DecodeError ? error.below(field.name) : error;
    }
  }

  #elements(field: NamedField): void {
    const cursor = this.#cursor;
    if (cursor.peek() !== ARRAY) throw unexpectedAt(cursor, cursor.pos, 'an array');
    if (!cursor.open(ARRAY)) return;
    const isPacked = WIRE_TYPES[field.kind] !== WIRE_LENGTH;
    const before = isPacked ? this.#begin(field) : 0;
    let index = 0;
    do {
      this.#element(field, index);
      index += 1;
    } while (cursor.next(ARRAY));
    if (isPacked) this.#finish(before);
  }

  #element(field: NamedField, index: number): void {
    const cursor = this.#cursor;
    const { pos } = cursor;
    const written = this.#out.pos;
    const depth = this.#valueDepth;
    try {
      if (WIRE_TYPES[field.kind] === WIRE_LENGTH) this.#one(field);
      else this.#scalar(field);
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      if (field.message?.isItem !== true || error.kind !== 'out-of-range') throw error.below(index);
      this.#rejections.add(error.reason);
      this.#out.pos = written;
      this.#valueDepth = depth;
      cursor.pos = pos;
      cursor.skip();
    }
  }

  #one(field: NamedField): void {
    if (field.kind === 'message' || field.kind === 'anyValue') {
      const before = this.#begin(field);
      if (field.message === null) this.#anyValue();
      else this.fields(field.message);
      this.#finish(before);
      return;
    }
    this.#out.length((field.number << 3) | WIRE_TYPES[field.kind]);
    this.#scalar(field);
  }

  #anyValue(): void {
    this.#valueDepth += 1;
    if (this.#valueDepth > MAX_VALUE_DEPTH) {
      const reason = `an attribute value is nested more than ${MAX_VALUE_DEPTH} levels deep`;
      throw new DecodeError('malformed', reason);
    }
    this.fields(anyValueVariants);
    this.#valueDepth -= 1;
  }

  #scalar({ kind }: NamedField): void {
    if (kind === 'message' || kind === 'anyValue') throw new TypeError(`${kind} is not a scalar.`);
    JSON_SCALARS[kind](this.#cursor, this.#out);
  }

  /** Writes a tag and leaves room for the length; returns where. */
  #begin({ number }: NamedField): number {
    this.#out.length((number << 3) | WIRE_LENGTH);
    const before = this.#out.pos;
    this.#out.uint32(0);
    return before;
  }

  #finish(before: number): void {
    const length = this.#out.pos - before - LENGTH_BYTES;
    if (length > GREATEST_LENGTH) throw new DecodeError('too-large', 'the request is too large for JSON');
    const padded =
      (length & 0x7f) | ((length & 0x3f80) << 1) | ((length & 0x1f_c000) << 2) | ((length & 0xfe0_0000) << 3);
    this.#out.view.setUint32(before, (padded | 0x0080_8080) >>> 0, true);
  }
}

/** The field that the key read last names, compared as bytes; `undefined` for a field that is unknown. */
const findField = (message: Message, cursor: JsonCursor): NamedField | undefined => {
  if (cursor.isEscaped) return message.byName.get(cursor.text());
  for (const field of fieldsOf(message)) if (isKey(cursor, field.nameBytes)) return field;
  return undefined;
};

// A loop is faster than a call for names that short.
const isKey = ({ bytes, start, end }: JsonCursor, name: Buffer): boolean => {
  if (name.length !== end - start) return false;
  for (let index = 0; index < name.length; index += 1) if (bytes[start + index] !== name[index]) return false;
  return true;
};

type FieldWithBytes = NamedField & { readonly nameBytes: Buffer };

const known = new WeakMap<Message, readonly FieldWithBytes[]>();

const fieldsOf = (message: Message): readonly FieldWithBytes[] => {
  let fields = known.get(message);
  if (fields === undefined) {
    fields = [...message.byName.values()].map((field) => ({ ...field, nameBytes: Buffer.from(field.name) }));
    known.set(message, fields);
  }
  return fields;
};

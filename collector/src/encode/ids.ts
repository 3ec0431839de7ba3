import type { ByteWriter } from '../byte-writer.js';
import type { FieldIndex } from './field-index.js';

/** A field that holds an id. */
export type IdField = {
  /** As an error calls it. */
  readonly name: string;
  readonly number: number;
  /** Bytes of a valid id: 16 of a trace, 8 of a span. */
  readonly size: number;
};

/** Bytes of a trace id. */
export const TRACE_ID_BYTES = 16;
/** Bytes of a span id. */
export const SPAN_ID_BYTES = 8;

/** What is wrong with an id that must be there; `null` when nothing is. */
export const requiredIdFault = (fields: FieldIndex, id: IdField): string | null => {
  if (sizeOf(fields, id) !== id.size) return `${id.name} is not ${id.size} bytes`;
  return isZero(fields, id) ? `${id.name} is all zeroes` : null;
};

/** What is wrong with an id that may be empty or all zeroes; `null` when nothing is. */
export const optionalIdFault = (fields: FieldIndex, id: IdField): string | null => {
  const size = sizeOf(fields, id);
  return size === 0 || size === id.size ? null : `${id.name} is not ${id.size} bytes`;
};

/**
 * An id as a text column of lower-case hex; '' where it is absent, all zeroes or of the wrong length: OTLP then takes it
 * as not sent.
 */
export const writeId = (out: ByteWriter, fields: FieldIndex, id: IdField): void => {
  if (sizeOf(fields, id) !== id.size || isZero(fields, id)) {
    out.length(0);
    return;
  }
  const { bytes } = fields;
  const start = fields.start(id.number);
  out.length(2 * id.size);
  out.ensure(2 * id.size);
  const { view, pos } = out;
  for (let index = 0; index < id.size; index += 1) {
    view.setUint16(pos + 2 * index, DIGITS[bytes[start + index] as number] as number, true);
  }
  out.pos = pos + 2 * id.size;
};

const sizeOf = (fields: FieldIndex, { number }: IdField): number => fields.end(number) - fields.start(number);

const isZero = (fields: FieldIndex, { number }: IdField): boolean => {
  const { bytes } = fields;
  const end = fields.end(number);
  for (let index = fields.start(number); index < end; index += 1) if (bytes[index] !== 0) return false;
  return true;
};

// The two digits of a byte in the order of their writing, as one little-endian number.
const DIGITS = Uint16Array.from({ length: 256 }, (_, byte) =>
  Buffer.from(byte.toString(16).padStart(2, '0')).readUInt16LE(),
);

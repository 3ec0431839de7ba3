import type { ByteReader } from './byte-reader.js';
import type { NativeType, NumberType } from './native-type.js';

/** Numbers of a column in memory as they came; 64-bit integers as floats. */
export type Numbers = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float32Array | Float64Array;

/** The values of a column. A row of a list has those from the end of the row before it up to its own. */
export type NativeColumn =
  | { kind: 'number'; values: Numbers }
  | { kind: 'text'; values: readonly string[] }
  | { kind: 'dictionary'; keys: readonly string[]; indexes: Numbers }
  | { kind: 'nullable'; nulls: Uint8Array; of: NativeColumn }
  | { kind: 'list'; ends: Float64Array; of: NativeColumn }
  | { kind: 'tuple'; of: readonly NativeColumn[] };

const WIDTHS: Readonly<Record<NumberType, number>> = {
  UInt8: 1,
  UInt16: 2,
  UInt32: 4,
  Int32: 4,
  Float32: 4,
  UInt64: 8,
  Int64: 8,
  Float64: 8,
};

/** Width of the indexes of a dictionary by the number that stands for it. */
const INDEX_TYPES = ['UInt8', 'UInt16', 'UInt32', 'UInt64'] as const;

/**
 * Reads what precedes the values of a column. A dictionary says its version, whether it has rows or not; the version has
 * been 1 ever since.
 */
export function readPrefix(type: NativeType, reader: ByteReader): void {
  if (type.kind === 'dictionary') reader.uint64();
  else if (type.kind === 'nullable' || type.kind === 'list') readPrefix(type.of, reader);
  else if (type.kind === 'tuple') for (const part of type.of) readPrefix(part, reader);
}

/** Reads `rows` values. */
export function readColumn(type: NativeType, rows: number, reader: ByteReader): NativeColumn {
  switch (type.kind) {
    case 'number':
      return { kind: 'number', values: readNumbers(type.name, rows, reader) };
    case 'text':
      return { kind: 'text', values: readTexts(rows, reader) };
    case 'dictionary':
      return readDictionary(rows, reader);
    case 'nullable':
      return {
        kind: 'nullable',
        nulls: new Uint8Array(reader.copy(rows)),
        of: readColumn(type.of, rows, reader),
      };
    case 'list': {
      const ends = toFloats(reader.copy(rows * 8), false);
      return { kind: 'list', ends, of: readColumn(type.of, ends.at(-1) ?? 0, reader) };
    }
    case 'tuple':
      return { kind: 'tuple', of: type.of.map((part) => readColumn(part, rows, reader)) };
  }
}

function readDictionary(rows: number, reader: ByteReader): NativeColumn {
  // Nothing at all is written for no rows.
  if (rows === 0) return { kind: 'dictionary', keys: [], indexes: new Uint8Array() };
  const width = INDEX_TYPES[(reader.lowWord() & 255) as 0 | 1 | 2 | 3];
  const keys = readTexts(reader.uint64(), reader);
  return { kind: 'dictionary', keys, indexes: readNumbers(width, reader.uint64(), reader) };
}

function readTexts(count: number, reader: ByteReader): string[] {
  const texts = new Array<string>(count);
  for (let at = 0; at < count; at += 1) texts[at] = reader.text();
  return texts;
}

function readNumbers(name: NumberType, count: number, reader: ByteReader): Numbers {
  const bytes = reader.copy(count * WIDTHS[name]);
  switch (name) {
    case 'UInt8':
      return new Uint8Array(bytes);
    case 'UInt16':
      return new Uint16Array(bytes);
    case 'UInt32':
      return new Uint32Array(bytes);
    case 'Int32':
      return new Int32Array(bytes);
    case 'Float32':
      return new Float32Array(bytes);
    case 'Float64':
      return new Float64Array(bytes);
    case 'UInt64':
      return toFloats(bytes, false);
    case 'Int64':
      return toFloats(bytes, true);
  }
}

/** 64-bit integers as floats, exact up to 2^53: bigints would cost a hundred times as much. */
function toFloats(bytes: ArrayBuffer, signed: boolean): Float64Array {
  const low = new Uint32Array(bytes);
  const high = signed ? new Int32Array(bytes) : low;
  const values = new Float64Array(low.length / 2);
  for (let at = 0; at < values.length; at += 1) {
    values[at] = (high[at * 2 + 1] ?? 0) * 2 ** 32 + (low[at * 2] ?? 0);
  }
  return values;
}

import type { TableName } from '@signalbox/store';
import { ROW_COLUMNS } from '../rows/row-columns.js';
import type { RowSection } from '../rows/row-section.js';

/** A row as ClickHouse would read it: maps as arrays of pairs in the order of their keys, 64-bit integers as bigint. */
export type ReadRow = Record<string, unknown>;

type Reader = { readonly view: DataView; readonly bytes: Buffer; pos: number };
type Read = (reader: Reader) => unknown;

const readLength: (reader: Reader) => number = (reader) => {
  let value = 0;
  for (let scale = 1; ; scale *= 128) {
    const byte = reader.bytes.readUInt8(reader.pos++);
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return value;
  }
};

const sized =
  (size: number, read: (view: DataView, at: number) => unknown): Read =>
  (reader) => {
    const value = read(reader.view, reader.pos);
    reader.pos += size;
    return value;
  };

const uint8 = sized(1, (view, at) => view.getUint8(at));
const uint32 = sized(4, (view, at) => view.getUint32(at, true));
const int32 = sized(4, (view, at) => view.getInt32(at, true));
const uint64 = sized(8, (view, at) => view.getBigUint64(at, true));
const float64 = sized(8, (view, at) => view.getFloat64(at, true));

const text: Read = (reader) => {
  const length = readLength(reader);
  const { pos } = reader;
  if (pos + length > reader.bytes.length) throw new RangeError('A text runs past the end of its row.');
  reader.pos += length;
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(reader.bytes.subarray(pos, reader.pos));
};

const array =
  (read: Read): Read =>
  (reader) =>
    Array.from({ length: readLength(reader) }, () => read(reader));

const pairs: Read = (reader) => {
  const entries = array((each) => [text(each), text(each)] as const)(reader) as [string, string][];
  if (new Set(entries.map(([key]) => key)).size !== entries.length) throw new Error('A map has a key twice.');
  return entries.sort(([one], [other]) => (one < other ? -1 : 1));
};

const READERS: Readonly<Record<string, Read>> = {
  received_at: uint64,
  Timestamp: uint64,
  time_exact: uint64,
  Duration: uint64,
  Count: uint64,
  ZeroCount: uint64,
  ScopeDroppedAttrCount: uint32,
  StartTimeUnix: uint32,
  TimeUnix: uint32,
  Flags: uint32,
  TraceFlags: uint8,
  SeverityNumber: uint8,
  IsMonotonic: uint8,
  AggregationTemporality: int32,
  Scale: int32,
  PositiveOffset: int32,
  NegativeOffset: int32,
  Value: float64,
  Sum: float64,
  Min: float64,
  Max: float64,
  BucketCounts: array(uint64),
  PositiveBucketCounts: array(uint64),
  NegativeBucketCounts: array(uint64),
  ExplicitBounds: array(float64),
  'Events.Timestamp': array(uint64),
  'Exemplars.TimeUnix': array(uint32),
  'Exemplars.Value': array(float64),
  'ValueAtQuantiles.Quantile': array(float64),
  'ValueAtQuantiles.Value': array(float64),
};

const readerOf = (column: string): Read => {
  const known = READERS[column];
  if (known !== undefined) return known;
  const isNested = column.includes('.');
  const one = column.endsWith('Attributes') ? pairs : text;
  return isNested ? array(one) : one;
};

/** The rows of a section. Throws where a row is not exactly its columns. */
export const readSection = ({ table, bytes, rows }: RowSection): ReadRow[] => {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read: ReadRow[] = [];
  for (let at = 0; at < all.length; ) {
    const length = all.readUInt32LE(at);
    const row = all.subarray(at + 4, at + 4 + length);
    read.push(readRow(table, row));
    at += 4 + length;
  }
  if (read.length !== rows) throw new Error(`${table} has ${read.length} rows, not ${rows}.`);
  return read;
};

/** The rows of all sections by table, in the order in which the tables first come. */
export const readSections = (sections: readonly RowSection[]): Partial<Record<TableName, ReadRow[]>> => {
  const byTable: Partial<Record<TableName, ReadRow[]>> = {};
  for (const section of sections) byTable[section.table] = [...(byTable[section.table] ?? []), ...readSection(section)];
  return byTable;
};

const readRow = (table: TableName, bytes: Buffer): ReadRow => {
  const reader = { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), pos: 0 };
  const row = Object.fromEntries(ROW_COLUMNS[table].map((column) => [column, readerOf(column)(reader)]));
  if (reader.pos !== bytes.length) throw new Error(`A row of ${table} has ${bytes.length - reader.pos} bytes more.`);
  return row;
};

import type { BufferPool } from '../buffer-pool.js';
import type { RowRange } from './write-ahead-log.js';

// A row in the log: its length (4 bytes), then RowBinary. In a block: `ingest_block` (16), `ingest_row` (4), RowBinary.
const LENGTH_BYTES = 4;
const ID_BYTES = 16;
const INGEST_BYTES = ID_BYTES + 4;

/** The bytes of a block in ClickHouse's format, whose rows take `bytes` in the log. */
export const blockBytes = ({ rows, bytes }: { readonly rows: number; readonly bytes: number }): number =>
  bytes + rows * (INGEST_BYTES - LENGTH_BYTES);

/** Rows as the log holds them, as ClickHouse takes them: `ingest_block` and `ingest_row` before each. In a buffer of the pool. */
export const toBlockBytes = (
  { id, rows }: { readonly id: Uint8Array; readonly rows: number },
  stored: Uint8Array,
  buffers: Pick<BufferPool, 'take'>,
): Buffer => {
  const from = toBuffer(stored);
  const bytes = blockBytes({ rows, bytes: stored.byteLength });
  const to = buffers.take(bytes).subarray(0, bytes);
  let read = 0;
  let written = 0;
  for (let row = 0; row < rows; row += 1) {
    const length = from.readUInt32LE(read);
    to.set(id, written);
    to.writeUInt32LE(row, written + ID_BYTES);
    read += LENGTH_BYTES;
    written += INGEST_BYTES;
    from.copy(to, written, read, read + length);
    read += length;
    written += length;
  }
  return to;
};

/** How many rows there are; `null` when the lengths do not add up to the bytes. */
export const countRows = (stored: Uint8Array): number | null => {
  const from = toBuffer(stored);
  let rows = 0;
  let at = 0;
  while (at + LENGTH_BYTES <= from.byteLength) {
    at += LENGTH_BYTES + from.readUInt32LE(at);
    rows += 1;
  }
  return at === from.byteLength ? rows : null;
};

/** Where ranges of rows lie. The ranges are in order and leave nothing out; RangeError otherwise. */
export const locateRanges = (
  stored: Uint8Array,
  ranges: readonly RowRange[],
): { readonly offset: number; readonly bytes: number; readonly rows: number }[] => {
  const from = toBuffer(stored);
  let row = 0;
  let at = 0;
  const located = ranges.map(({ first, rows }) => {
    if (first !== row || rows < 1)
      throw new RangeError(`Rows ${first} to ${first + rows} do not go on at ${row}.`);
    const offset = at;
    for (; row < first + rows; row += 1) at += LENGTH_BYTES + from.readUInt32LE(at);
    return { offset, bytes: at - offset, rows };
  });
  if (at !== from.byteLength) throw new RangeError(`The ranges end at row ${row}, before the last.`);
  return located;
};

/** Cuts rows into ranges of at most so many rows and bytes, at least one row each. */
export const cutRows = (
  stored: Uint8Array,
  { maxRows, maxBytes }: { readonly maxRows: number; readonly maxBytes: number },
): RowRange[] => {
  const from = toBuffer(stored);
  const ranges: { first: number; rows: number; bytes: number }[] = [];
  let at = 0;
  for (let row = 0; at < from.byteLength; row += 1) {
    const length = from.readUInt32LE(at);
    const last = ranges.at(-1);
    const fits = last && last.rows < maxRows && last.bytes + INGEST_BYTES + length <= maxBytes;
    if (fits) {
      last.rows += 1;
      last.bytes += INGEST_BYTES + length;
    } else ranges.push({ first: row, rows: 1, bytes: INGEST_BYTES + length });
    at += LENGTH_BYTES + length;
  }
  return ranges.map(({ first, rows }) => ({ first, rows }));
};

const toBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

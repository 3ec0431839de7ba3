import type { RowByTable, TableName } from '@signalbox/store';
import type { Batch } from '../rows/batch.js';
import { rowBytes } from './row-bytes.js';

/** Rows for one insert. ClickHouse stores a block whole or not at all. */
export type Block = {
  readonly table: TableName;
  readonly rows: readonly RowByTable[TableName][];
  /** About the size as JSON. */
  readonly bytes: number;
};

/** The most that one block holds. ClickHouse refuses one whose rows lie in more than 100 day partitions. */
const BLOCK_LIMITS = { rows: 50_000, bytes: 16 * 1024 * 1024, days: 90 };

/** Splits a batch into blocks, in order. Lazy: a block that is not asked for is not built. */
export function* splitBatch(batch: Batch, limits = BLOCK_LIMITS): Generator<Block> {
  for (const [table, rows] of Object.entries(batch)) {
    yield* splitRows(table as TableName, rows, limits);
  }
}

function* splitRows(
  table: TableName,
  rows: readonly RowByTable[TableName][],
  limits: typeof BLOCK_LIMITS,
): Generator<Block> {
  let start = 0;
  let bytes = 0;
  let days = new Set<number>();
  for (const [index, row] of rows.entries()) {
    const size = rowBytes(row);
    const day = dayOf(row);
    const isFull =
      index - start >= limits.rows ||
      bytes + size > limits.bytes ||
      (days.size >= limits.days && !days.has(day));
    if (isFull && index > start) {
      yield { table, rows: rows.slice(start, index), bytes };
      start = index;
      bytes = 0;
      days = new Set();
    }
    bytes += size;
    days.add(day);
  }
  if (start < rows.length) yield { table, rows: rows.slice(start), bytes };
}

const SECONDS_PER_DAY = 86_400;

// The partitions are days of the time column, which is text for DateTime64 and a number for DateTime.
const dayOf = (row: RowByTable[TableName]): number =>
  Math.floor(Number('Timestamp' in row ? row.Timestamp : row.TimeUnix) / SECONDS_PER_DAY);

import type { TableName } from '@signalbox/store';

/**
 * Encoded rows of one table and one UTC day, which is one partition. The form in which rows travel from a request
 * through the log to ClickHouse: nothing on that way looks into a row again.
 */
export type RowSection = {
  readonly table: TableName;
  /** Days since 1970-01-01 UTC. */
  readonly day: number;
  readonly rows: number;
  /**
   * Each row as its length in bytes (UInt32, little-endian), then RowBinary in the column order of the table's
   * `ROW_COLUMNS`, without the two columns that its block adds in front: `ingest_block` and `ingest_row`.
   */
  readonly bytes: Uint8Array;
};

/**
 * The version of the order of columns that rows are encoded in. It rises when `ROW_COLUMNS` of any table change, because rows
 * that an older release received may still be in the log.
 */
export const ROW_LAYOUT = 1;

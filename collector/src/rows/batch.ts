import type { RowByTable, TableName } from '@signalbox/store';

/** Rows on their way to ClickHouse, by table. What one request holds becomes one batch. */
export type Batch = { readonly [Table in TableName]?: readonly RowByTable[Table][] };

/** What a conversion from OTLP to rows needs beside the request. */
export type RowContext = {
  /** When the request arrived, Unix nanoseconds: the time of items that carry none. */
  readonly receivedAtUnixNano: bigint;
};

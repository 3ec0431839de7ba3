/** Rows that lie together in a segment. A tuple, because a manifest may list thousands. */
export type RowRun = readonly [
  segment: number,
  /** Of the first length prefix, from the start of the segment. */
  offset: number,
  bytes: number,
  rows: number,
  /** CRC-32 of the bytes. */
  checksum: number,
];

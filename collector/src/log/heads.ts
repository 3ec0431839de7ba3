import type { TableName } from '@signalbox/store';
import type { RowRun } from './row-run.js';
import type { RecordedAnswer } from './write-ahead-log.js';

// The heads of the records, as JSON. They are read only after their checksum was found right, so they are trusted.

/** Head of the first record of a segment. */
export type SegmentHead = {
  readonly epoch: string;
  readonly segment: number;
  /**
   * Where the records of the segment before end: what lies after was never acknowledged. `null` in the first segment that
   * a log writes.
   */
  readonly previous: { readonly segment: number; readonly end: number } | null;
  /** Records of earlier segments, by `seq`, whose rows were found torn when the log was opened. They do not count. */
  readonly torn: readonly number[];
};

/** A section of a request: table, day, rows, bytes in the body, CRC-32 of these bytes. */
export type SectionHead = readonly [
  table: TableName,
  day: number,
  rows: number,
  bytes: number,
  checksum: number,
];

/** Head of an accepted request. The body is its sections, one after the other. */
export type RowsHead = {
  /** Base64. */
  readonly bodyHash: string;
  readonly answer: RecordedAnswer;
  readonly layout: number;
  readonly sections: readonly SectionHead[];
};

/** What makes a block: written before anyone sees the block, so that it is the same at every attempt. */
export type Manifest = {
  /** Hex, 32 digits. */
  readonly id: string;
  readonly number: number;
  readonly table: TableName;
  readonly day: number;
  readonly layout: number;
  readonly rows: number;
  /** Of the rows as the log holds them. */
  readonly bytes: number;
  /** Of these bytes; hex. */
  readonly sha256: string;
  readonly runs: readonly RowRun[];
};

/** Head of a plan: blocks that come into being together. */
export type PlanHead = {
  /** Id of the block that they replace; `null` for rows that were in no block yet. */
  readonly replaces: string | null;
  readonly blocks: readonly Manifest[];
};

/** Head of the record that ends a block. */
export type DoneHead = { readonly id: string; readonly how: 'committed' | 'parked' };

/** Head of a dead letter, which is a file of one record. The body is the rows of the block. */
export type DeadLetterHead = Omit<Manifest, 'number' | 'runs'> & {
  readonly reason: string;
  /** Of the log that parked it. */
  readonly epoch: string;
  /** Unix milliseconds. */
  readonly parkedAt: number;
};

import { hash } from 'node:crypto';
import type { TableName } from '@signalbox/store';
import type { Manifest } from './heads.js';
import type { RowRun } from './row-run.js';

/** What `createManifest` takes. */
export type NewBlock = {
  readonly epoch: string;
  readonly number: number;
  readonly table: TableName;
  readonly day: number;
  readonly layout: number;
  readonly runs: readonly RowRun[];
  /** The rows of the runs, one after the other. */
  readonly bytes: Uint8Array;
};

/**
 * The manifest of a block. Its id is the first 16 bytes of SHA-256 over the log's epoch, the table, the block's number and
 * the digest of its rows: a log that was removed, or put back from a copy, cannot give an id to other rows.
 */
export const createManifest = ({ epoch, number, table, day, layout, runs, bytes }: NewBlock): Manifest => {
  const sha256 = hash('sha256', bytes);
  const id = hash('sha256', `${epoch}|${table}|${number}|${sha256}`).slice(0, 32);
  const rows = runs.reduce((sum, run) => sum + run[3], 0);
  return { id, number, table, day, layout, rows, bytes: bytes.byteLength, sha256, runs };
};

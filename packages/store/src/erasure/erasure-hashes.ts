import type { TableName } from '../rows/row-by-table.js';
import { erasableTable } from './erasable-tables.js';
import { hashOf, idsOf } from './row-match.js';

/** SQL over a row of a table, by which table `erased` says whether the row was erased. */
export type ErasureHashes = {
  /** The hashes under which the row may stand in `erased.hash`, as an array. */
  hashes: string;
  /** A row is erased when this is not after `erased.until`. */
  moment: string;
};

/** How a row of `table` is looked up in `erased`: for whoever must tell an erased row from a lost one. */
export function erasureHashes(table: TableName): ErasureHashes {
  const erasable = erasableTable(table);
  const { owners, owned } = idsOf(erasable);
  const { time, receivedAt = time } = erasable;
  return {
    hashes: `[${[...owners, ...owned].map(hashOf).join(', ')}]`,
    moment: `least(${time}, ${receivedAt})`,
  };
}

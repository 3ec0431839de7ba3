import type { TableName } from '@signalbox/store';

/**
 * Tells bad rows from a table that takes no row at all, such as one whose column was given another type: without it,
 * everything that comes would end in the dead letters, row by row.
 */
export type PoisonGuard = {
  stored(table: TableName): void;
  parked(table: TableName): void;
  /** True when so many rows of the table were refused in a row that the rows are not to blame. */
  isTripped(table: TableName): boolean;
};

const MAX_PARKED_IN_A_ROW = 100;

/** Starts with every table trusted. */
export const createPoisonGuard = (limit = MAX_PARKED_IN_A_ROW): PoisonGuard => {
  const parked = new Map<TableName, number>();
  return {
    stored: (table) => void parked.delete(table),
    parked: (table) => void parked.set(table, (parked.get(table) ?? 0) + 1),
    isTripped: (table) => (parked.get(table) ?? 0) >= limit,
  };
};

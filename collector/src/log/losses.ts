import type { Logger } from 'pino';
import type { RowRun } from './row-run.js';

/** Counts acknowledged rows that cannot be read back. */
export interface Losses {
  add(runs: readonly RowRun[]): void;
  rows(): number;
}

/** Creates a counter at 0. Every loss is logged. */
export const createLosses = (logger: Logger): Losses => {
  let total = 0;
  return {
    add: (runs) => {
      const rows = runs.reduce((sum, run) => sum + run[3], 0);
      total += rows;
      logger.error(
        { rows },
        'Acknowledged rows cannot be read back from the write-ahead log: they are lost.',
      );
    },
    rows: () => total,
  };
};

import { SignalboxError } from './signalbox-error.js';

/** An erasure could not delete everything. What is left stays marked as erased, so erasing again goes on with it. */
export class ErasureIncompleteError extends SignalboxError {
  readonly table: string;

  constructor({ table, reason }: { table: string; reason: string }) {
    super(
      'erasure-incomplete',
      `The erasure is not complete: ${table}: ${reason}. Run it again; it goes on where it stopped.`,
    );
    this.table = table;
  }
}

import { SignalboxError } from './signalbox-error.js';

/** An applied migration was edited. Migrations move forward only. */
export class MigrationEditedError extends SignalboxError {
  constructor({ migration, applied, found }: { migration: string; applied: string; found: string }) {
    super(
      'migration-edited',
      `Migration ${migration} was applied with checksum ${applied}, but the file has ${found}. ` +
        'Restore the file and put the change into a new migration.',
    );
  }
}

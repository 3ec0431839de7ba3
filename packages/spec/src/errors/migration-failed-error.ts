import { SignalboxError } from './signalbox-error.js';

/** A statement of a migration failed. `reason` is the first line of ClickHouse's answer; `cause` holds all of it. */
export class MigrationFailedError extends SignalboxError {
  readonly migration: string;

  constructor({ migration, reason, cause }: { migration: string; reason: string; cause: unknown }) {
    super(
      'migration-failed',
      `Migration ${migration} failed: ${reason} Remedy what ClickHouse says, then run \`signalbox migrate\` again: ` +
        'it repeats this migration from its start. `--verbose` shows the whole answer.',
      { cause },
    );
    this.migration = migration;
  }
}

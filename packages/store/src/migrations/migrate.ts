import type { Store } from '../connection/store.js';
import { findPending } from './find-pending.js';
import { type LockOptions, withMigrationLock } from './migration-lock.js';
import { createMigrationLog, readAppliedMigrations, recordMigration } from './migration-log.js';
import { MIGRATIONS_DIRECTORY, readMigrations } from './read-migrations.js';
import { runStatement } from './run-statement.js';

/** How to migrate. */
export type MigrateOptions = {
  /** Called after each migration with its name. Not called when there was nothing to do. */
  onApplied?: (name: string) => void;
  /** Folder of the migrations, with a slash at the end. Default: those of this package. */
  directory?: URL;
  lock?: LockOptions;
};

/** What a migration did. */
export type MigrationResult = {
  /** Names of the migrations applied by this call, in order. */
  applied: string[];
  /** Name of the newest migration that the database now has. */
  current: string;
};

/**
 * Creates the database and brings its schema up to date. Any number of processes may call it at once: one works, the
 * others wait. An interrupted migration is run again from its start.
 * @throws SchemaTooNewError, MigrationEditedError, MigrationLockedError, MigrationFailedError, StoreUnavailableError
 */
export async function migrate(
  store: Store,
  { onApplied, directory = MIGRATIONS_DIRECTORY, lock = {} }: MigrateOptions = {},
): Promise<MigrationResult> {
  const migrations = await readMigrations(directory);
  const current = migrations.at(-1)?.name ?? '';
  await store.createDatabase();
  await createMigrationLog(store);
  // Nothing to do is the usual case and needs no lock.
  if (findPending(migrations, await readAppliedMigrations(store)).length === 0)
    return { applied: [], current };

  return withMigrationLock(store, lock, async (lease) => {
    const applied: string[] = [];
    for (const migration of findPending(migrations, await readAppliedMigrations(store))) {
      for (const statement of migration.statements) {
        await lease.renew();
        await runStatement(store, { migration: migration.name, statement });
      }
      await recordMigration(store, migration);
      applied.push(migration.name);
      onApplied?.(migration.name);
    }
    return { applied, current };
  });
}

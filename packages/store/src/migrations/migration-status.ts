import type { Store } from '../connection/store.js';
import { findPending } from './find-pending.js';
import { readAppliedMigrations } from './migration-log.js';
import { MIGRATIONS_DIRECTORY, readMigrations } from './read-migrations.js';

/** Where the schema of a database stands. */
export type MigrationStatus = {
  /** Names, in order. */
  applied: string[];
  /** Names, in order; empty when the schema is current. */
  pending: string[];
  /** The newest applied migration, or `null` when there is none. */
  current: string | null;
};

/**
 * Compares the database with the migrations of this package, and changes nothing. The database need not exist.
 * @throws SchemaTooNewError, MigrationEditedError, StoreUnavailableError
 */
export async function migrationStatus(
  store: Store,
  { directory = MIGRATIONS_DIRECTORY }: { directory?: URL } = {},
): Promise<MigrationStatus> {
  const applied = await readAppliedMigrations(store);
  const pending = findPending(await readMigrations(directory), applied);
  return {
    applied: applied.map(({ name }) => name),
    pending: pending.map(({ name }) => name),
    current: applied.at(-1)?.name ?? null,
  };
}

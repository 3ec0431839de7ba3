import type { Store } from '../connection/store.js';
import { findPending } from './find-pending.js';
import { CREATE_MIGRATION_LEASES, type LockOptions, withMigrationLock } from './migration-lock.js';
import { CREATE_MIGRATION_LOG, readAppliedMigrations, recordMigration } from './migration-log.js';
import { MIGRATIONS_DIRECTORY, readMigrations } from './read-migrations.js';
import { renderStatement } from './render-statement.js';
import { requireLayout } from './require-layout.js';
import { runStatement } from './run-statement.js';
import type { SchemaTarget } from './schema-target.js';

/** How to migrate. */
export type MigrateOptions = {
  /** Called after each migration with its name. Not called when there was nothing to do. */
  onApplied?: (name: string) => void;
  /** Folder of the migrations, with a slash at the end. Default: those of this package. */
  directory?: URL;
  lock?: LockOptions;
  /**
   * Only for the store of a cluster. False: the cluster has no ClickHouse Keeper; nothing is replicated, each node is
   * migrated by itself, and rows of tables that are not sharded must be written on each. Default: true.
   */
  replicated?: boolean;
};

/** What a migration did. */
export type MigrationResult = {
  /** Names of the migrations applied by this call, in order. */
  applied: string[];
  /** Name of the newest migration that the database now has. */
  current: string;
};

/**
 * Creates the database and brings its schema up to date, on all nodes of the store's cluster if it has one. Any number of processes may call it at once: one works, the
 * others wait. An interrupted migration is run again from its start.
 * @throws SchemaLayoutError, SchemaTooNewError, MigrationEditedError, MigrationLockedError, MigrationFailedError, StoreUnavailableError
 */
export async function migrate(
  store: Store,
  { onApplied, directory = MIGRATIONS_DIRECTORY, lock = {}, replicated = true }: MigrateOptions = {},
): Promise<MigrationResult> {
  const migrations = await readMigrations(directory);
  const current = migrations.at(-1)?.name ?? '';
  const { cluster, database } = store;
  const target: SchemaTarget =
    cluster === null ? { kind: 'node' } : { kind: 'cluster', name: cluster, database, replicated };
  await store.createDatabase({ everywhere: replicated });
  await requireLayout(store);
  await createMigrationTables(store, target);
  // Nothing to do is the usual case and needs no lock.
  if (findPending(migrations, await readAppliedMigrations(store)).length === 0)
    return { applied: [], current };

  return withMigrationLock(store, lock, async (lease) => {
    const applied: string[] = [];
    for (const migration of findPending(migrations, await readAppliedMigrations(store))) {
      const statements = migration.statements.flatMap((statement) => renderStatement(statement, target));
      for (const statement of statements) {
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

/** The tables that migrations stand on, so they are not migrations themselves. */
async function createMigrationTables(store: Store, target: SchemaTarget): Promise<void> {
  for (const statement of [CREATE_MIGRATION_LOG, CREATE_MIGRATION_LEASES])
    for (const rendered of renderStatement(statement, target)) await store.command(rendered);
}

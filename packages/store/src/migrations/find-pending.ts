import { MigrationEditedError, SchemaTooNewError } from '@signalbox/spec';
import type { AppliedMigration } from './migration-log.js';
import type { Migration } from './read-migrations.js';

/**
 * The migrations still to be applied, in order.
 * @throws SchemaTooNewError when the database has one that is not known here.
 * @throws MigrationEditedError when a file differs from what was applied.
 */
export function findPending(
  migrations: readonly Migration[],
  applied: readonly AppliedMigration[],
): Migration[] {
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  const unknown = applied.map(({ name }) => name).filter((name) => !known.has(name));
  if (unknown.length > 0) throw new SchemaTooNewError({ unknown });

  for (const { name, checksum } of applied) {
    const found = known.get(name)?.checksum;
    if (found !== undefined && found !== checksum) {
      throw new MigrationEditedError({ migration: name, applied: checksum, found });
    }
  }
  const done = new Set(applied.map(({ name }) => name));
  return migrations.filter(({ name }) => !done.has(name));
}

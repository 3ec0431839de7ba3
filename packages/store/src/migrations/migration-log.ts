import { ClickHouseError } from '@clickhouse/client';
import type { Store } from '../connection/store.js';
import { text } from '../queries/decoders.js';
import type { NamedQuery } from '../queries/named-query.js';
import type { Migration } from './read-migrations.js';

/** A migration that the database has. */
export type AppliedMigration = { name: string; checksum: string };

// UNKNOWN_TABLE and UNKNOWN_DATABASE: nothing was ever applied.
const ABSENT_CODES: ReadonlySet<string> = new Set(['60', '81']);

const appliedMigrations: NamedQuery<Record<never, never>, AppliedMigration> = {
  name: 'appliedMigrations',
  sql: 'SELECT name, checksum FROM schema_migrations FINAL ORDER BY name',
  bind: () => ({}),
  decode: { name: text, checksum: text },
};

/** Creates the table of applied migrations. */
export const CREATE_MIGRATION_LOG = `
  CREATE TABLE IF NOT EXISTS schema_migrations (
    name String, checksum String, applied_at DateTime64(3, 'UTC') DEFAULT now64(3)
  ) ENGINE = ReplacingMergeTree(applied_at) ORDER BY name
  SETTINGS fsync_after_insert = 1, fsync_part_directory = 1`;

/** The applied migrations by name; none when the database or the table does not exist. */
export async function readAppliedMigrations(store: Store): Promise<AppliedMigration[]> {
  try {
    return await store.query(appliedMigrations, {});
  } catch (error) {
    if (error instanceof ClickHouseError && ABSENT_CODES.has(error.code)) return [];
    throw error;
  }
}

/** Notes that a migration was applied, after its last statement. */
export async function recordMigration(store: Store, { name, checksum }: Migration): Promise<void> {
  await store.command(
    'INSERT INTO schema_migrations (name, checksum) SELECT {name:String}, {checksum:String}',
    { name, checksum },
  );
}

import type { NamedQuery, Store } from '@signalbox/store';

type StoredPart = { tableName: string; part: string; bytes: number };

const BYTES = { tableName: String, part: String, bytes: Number };

const tableBytes: NamedQuery<null, StoredPart> = {
  name: 'benchTableBytes',
  sql: `
    SELECT table AS tableName, 'all' AS part, sum(bytes_on_disk) AS bytes
    FROM system.parts
    WHERE database = currentDatabase() AND active
    GROUP BY table
    ORDER BY bytes DESC`,
  bind: () => ({}),
  decode: BYTES,
};

const columnBytes: NamedQuery<null, StoredPart> = {
  name: 'benchColumnBytes',
  sql: `
    SELECT * FROM (
      SELECT table AS tableName, name AS part, data_compressed_bytes + marks_bytes AS bytes
      FROM system.columns
      WHERE database = currentDatabase()
      UNION ALL
      SELECT table, name, data_compressed_bytes + marks_bytes
      FROM system.data_skipping_indices
      WHERE database = currentDatabase()
    )
    ORDER BY bytes DESC`,
  bind: () => ({}),
  decode: BYTES,
};

/** Merges everything that can be merged, so that what is on disk is what stays there. */
export const settle = async (store: Store, tables: readonly string[]): Promise<void> => {
  for (const table of tables) await store.command(`OPTIMIZE TABLE ${table} FINAL`);
};

/**
 * Bytes on disk, divided by `rows`: of each of the tables, and within it of each column and skip index that takes at
 * least a tenth of a byte. What a small part packs into one file counts for its table only.
 */
export const storedBytes = async (
  store: Store,
  tables: readonly string[],
  rows: number,
): Promise<{ total: number; byTable: Record<string, Record<string, number>> }> => {
  const perRow = (bytes: number): number => Math.round((bytes / rows) * 100) / 100;
  const stored = (await store.query(tableBytes, null)).filter(({ tableName }) => tables.includes(tableName));
  const parts = await store.query(columnBytes, null);
  const byTable = stored.map(({ tableName, bytes }) => [
    tableName,
    Object.fromEntries([
      ['all', perRow(bytes)],
      ...parts
        .filter((part) => part.tableName === tableName && perRow(part.bytes) >= 0.1)
        .map(({ part, bytes: size }) => [part, perRow(size)]),
    ]),
  ]);
  return {
    total: stored.reduce((sum, { bytes }) => sum + bytes, 0) / rows,
    byTable: Object.fromEntries(byTable),
  };
};

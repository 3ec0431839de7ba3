import type { RetentionConfig } from '@signalbox/spec';
import type { Store } from '../connection/store.js';
import { sharedName } from '../migrations/cluster-placement.js';
import { renderStatement } from '../migrations/render-statement.js';
import type { SchemaTarget } from '../migrations/schema-target.js';
import { daysByTable } from './retained-tables.js';
import { parseTtl, tableEngines, withDays } from './table-ttl.js';

/** A table whose retention was changed. */
export type RetentionChange = { table: string; fromDays: number; toDays: number };

/**
 * Makes every table keep its rows for the configured days, and resolves to what had to be changed. The schema must be
 * current; on a cluster, all nodes are changed, which takes ClickHouse Keeper. ClickHouse drops what is too old within
 * hours, in parts, each when all of it is.
 */
export async function applyRetention(store: Store, retention: RetentionConfig): Promise<RetentionChange[]> {
  const { cluster, database } = store;
  const target: SchemaTarget =
    cluster === null ? { kind: 'node' } : { kind: 'cluster', name: cluster, database, replicated: true };
  const days = daysByTable(retention);
  const changes: RetentionChange[] = [];
  for (const each of await store.query(tableEngines, {})) {
    const table = sharedName(each.table);
    const current = parseTtl(each);
    const toDays = days.get(table);
    if (current === null || toDays === undefined || current.days === toDays) continue;
    const alterations = [
      // Stored parts get a new date; without this setting all their columns would be rewritten for it.
      'MODIFY SETTING materialize_ttl_recalculate_only = 1',
      `MODIFY TTL ${withDays(current.ttl, toDays)}`,
    ];
    for (const alteration of alterations)
      for (const statement of renderStatement(`ALTER TABLE ${table} ${alteration}`, target))
        await store.command(statement);
    changes.push({ table, fromDays: current.days, toDays });
  }
  return changes;
}

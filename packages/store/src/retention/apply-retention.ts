import type { RetentionConfig } from '@signalbox/spec';
import type { Store } from '../connection/store.js';
import { daysByTable } from './retained-tables.js';
import { parseTtl, tableEngines, withDays } from './table-ttl.js';

/** A table whose retention was changed. */
export type RetentionChange = { table: string; fromDays: number; toDays: number };

/**
 * Makes every table keep its rows for the configured days, and resolves to what had to be changed. The schema must be
 * current. ClickHouse drops what is too old within hours, in parts, each when all of it is.
 */
export async function applyRetention(store: Store, retention: RetentionConfig): Promise<RetentionChange[]> {
  const days = daysByTable(retention);
  const changes: RetentionChange[] = [];
  for (const each of await store.query(tableEngines, {})) {
    const current = parseTtl(each);
    const wanted = days.get(each.table);
    if (current === null || wanted === undefined || current.days === wanted) continue;
    // Stored parts get a new date; without this setting all their columns would be rewritten for it.
    await store.command(`ALTER TABLE ${each.table} MODIFY SETTING materialize_ttl_recalculate_only = 1`);
    await store.command(`ALTER TABLE ${each.table} MODIFY TTL ${withDays(current.ttl, wanted)}`);
    changes.push({ table: each.table, fromDays: current.days, toDays: wanted });
  }
  return changes;
}

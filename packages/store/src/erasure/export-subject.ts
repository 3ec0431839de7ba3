import type { Store } from '../connection/store.js';
import { ERASABLE_TABLES } from './erasable-tables.js';
import { isHeld, SCAN_LIMITS } from './held-rows.js';
import { scopeOf } from './scope.js';
import type { Subject } from './subject.js';

/** One exported row: its table, and its columns as JSON text. 64-bit integers are digits, times ISO 8601 in UTC. */
export type ExportedRow = { table: string; json: string };

/**
 * Everything that is held of a subject, table by table, each row once. Nothing when nothing is held. Reads while it is
 * asked, so it needs memory for a block of rows, however much there is.
 */
export async function* exportSubject(store: Store, subject: Subject): AsyncGenerator<ExportedRow> {
  const scope = await scopeOf(store, subject);
  for (const table of ERASABLE_TABLES) {
    const sql = `SELECT * FROM ${table.name} FINAL WHERE ${isHeld(table)}`;
    for await (const json of store.lines({ name: 'exportSubject', sql, limits: SCAN_LIMITS }, scope))
      yield { table: table.name, json };
  }
}

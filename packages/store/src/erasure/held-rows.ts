import type { Store } from '../connection/store.js';
import type { CallOptions } from '../connection/with-deadline.js';
import { integer } from '../queries/decoders.js';
import type { NamedQuery } from '../queries/named-query.js';
import { ERASABLE_TABLES, type ErasableTable } from './erasable-tables.js';
import { NAMED_HASHES, NOTED_HASHES, rowMatch } from './row-match.js';
import { type Scope, scopeOf } from './scope.js';
import type { Subject } from './subject.js';

/** Rows of one table, repetitions counted. */
export type HeldRows = { table: string; rows: number };

/** Whoever is looked for may be in any row of a raw table, and reading them all takes its time. */
export const SCAN_LIMITS = { maxExecutionSeconds: 3_600 } as const;
const SCAN_TIMEOUT_MS = 3_600_000;

/** The options of a call that looks through all rows. */
export const scanCall = (signal?: AbortSignal): CallOptions => ({
  timeoutMs: SCAN_TIMEOUT_MS,
  ...(signal && { signal }),
});

/** The condition for rows of a subject: by what rows name now, and by what earlier erasures have noted. */
export const isHeld = (table: ErasableTable): string =>
  rowMatch(table, `${NAMED_HASHES}\nUNION ALL ${NOTED_HASHES}`, 'GLOBAL IN');

/** How many rows of a subject each table holds now. Empty when nothing is held. */
export async function heldRows(store: Store, subject: Subject): Promise<HeldRows[]> {
  return countRows(store, await scopeOf(store, subject), { conditionOf: isHeld });
}

/** How many rows meet a condition, by table in the order of `ERASABLE_TABLES`; tables without any are left out. */
export async function countRows(
  store: Store,
  scope: Scope,
  {
    conditionOf,
    signal,
  }: { conditionOf: (table: ErasableTable) => string; signal?: AbortSignal | undefined },
): Promise<HeldRows[]> {
  const counts: HeldRows[] = [];
  for (const table of ERASABLE_TABLES) {
    const query = rowsOf(table.name, conditionOf(table));
    const [count] = await store.query(query, scope, scanCall(signal));
    if (count !== undefined && count.rows > 0) counts.push({ table: table.name, rows: count.rows });
  }
  return counts;
}

const rowsOf = (table: string, condition: string): NamedQuery<Scope, { rows: number }> => ({
  name: 'heldRows',
  sql: `SELECT count() AS rows FROM ${table} WHERE ${condition}`,
  bind: (scope) => scope,
  decode: { rows: integer },
  limits: SCAN_LIMITS,
});

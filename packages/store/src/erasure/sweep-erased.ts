import type { NodeOptions } from '../connection/every-node.js';
import type { Store } from '../connection/store.js';
import { integer, text } from '../queries/decoders.js';
import type { NamedQuery } from '../queries/named-query.js';
import { deleteRows } from './delete-rows.js';
import { ERASABLE_TABLES, type ErasableTable } from './erasable-tables.js';
import { type HeldRows, SCAN_LIMITS, scanCall } from './held-rows.js';
import { hashOf, idsOf } from './row-match.js';
import type { Scope } from './scope.js';

/** What a sweep did: of how many erased subjects rows had come back, and how many there were. */
export type SweepResult = { subjects: number; tables: HeldRows[] };

/** How to sweep. */
export type SweepOptions = NodeOptions & {
  /** Milliseconds that ClickHouse may take for one table of one subject. Default: an hour. */
  timeoutMs?: number;
  /** Ends it early; the next sweep goes on. */
  signal?: AbortSignal;
};

const anyErased: NamedQuery<Record<never, never>, { erased: number }> = {
  name: 'anyErased',
  sql: 'SELECT count() AS erased FROM erased',
  bind: () => ({}),
  decode: { erased: integer },
};

/**
 * Deletes rows of erased subjects that were inserted once more. The typed tables do not take such rows; the raw ones,
 * which collectors insert into, hold them until the next sweep. Reads nothing as long as nobody was erased.
 * @throws ErasureIncompleteError when rows are left.
 */
export async function sweepErased(
  store: Store,
  { timeoutMs = 3_600_000, signal, nodes }: SweepOptions = {},
): Promise<SweepResult> {
  const [{ erased } = { erased: 0 }] = await store.query(anyErased, {}, signal && { signal });
  if (erased === 0) return { subjects: 0, tables: [] };
  const scopes = new Map<string, Scope>();
  for (const table of ERASABLE_TABLES) {
    const found = await store.query(returnedSubjects(table), {}, scanCall(signal));
    for (const scope of found) scopes.set(scope.subject, scope);
  }
  const rows = new Map<string, number>();
  for (const scope of scopes.values()) {
    for (const deleted of await deleteRows(store, scope, { timeoutMs, signal, ...(nodes && { nodes }) }))
      rows.set(deleted.table, (rows.get(deleted.table) ?? 0) + deleted.rows);
  }
  return { subjects: scopes.size, tables: [...rows].map(([table, count]) => ({ table, rows: count })) };
}

/** The erased subjects of which a table has rows, with the moment of the latest erasure of each. */
function returnedSubjects(table: ErasableTable): NamedQuery<Record<never, never>, Scope> {
  const { owners, owned } = idsOf(table);
  const hashes = [...owners, ...owned].map(hashOf).join(', ');
  return {
    name: 'returnedSubjects',
    sql: `
      SELECT hex(erased.subject) AS subject, toString(max(until)) AS until
      FROM erased
      WHERE erased.hash = erased.subject AND erased.subject IN (
        SELECT gone.subject
        FROM (SELECT ${table.time} AS time, arrayJoin([${hashes}]) AS hash FROM ${table.name}) AS found
        INNER JOIN erased AS gone USING hash
        WHERE found.time <= gone.until
      )
      GROUP BY erased.subject`,
    bind: () => ({}),
    decode: { subject: text, until: text },
    limits: { ...SCAN_LIMITS, maxResultRows: 1_000_000 },
  };
}

import { setTimeout as sleep } from 'node:timers/promises';
import { ErasureIncompleteError } from '@signalbox/spec';
import type { Store } from '../connection/store.js';
import { integer, text } from '../queries/decoders.js';
import type { NamedQuery } from '../queries/named-query.js';
import { ERASABLE_TABLES, type ErasableTable, erasableTable } from './erasable-tables.js';
import { countRows, type HeldRows, SCAN_LIMITS, SCAN_TIMEOUT_MS } from './held-rows.js';
import { idsOf, isOwnedBy, NAMED_HASHES, NOTED_HASHES, rowMatch } from './row-match.js';
import type { Scope } from './scope.js';

// Rows that were on their way when the deletion began are found in the second round.
const ROUNDS = 3;
const POLL_MS = 100;
/** ClickHouse tries a mutation again by itself: short of memory, say. This long without success is a failure. */
const FAILING_MS = 60_000;

// A decision or a trace ends with its subject's erasure, so nothing of it is new later.
const END_OF_TIME = '2262-01-01 00:00:00';

/**
 * Deletes the rows of a scope from every table and resolves to how many there were, when none is left. From its
 * beginning on, the materialized views keep away what is deleted here. Can be repeated after any failure.
 * @throws ErasureIncompleteError when rows are left, or ClickHouse did not manage within `timeoutMs` for one table.
 */
export async function deleteRows(
  store: Store,
  scope: Scope,
  { timeoutMs }: { timeoutMs: number },
): Promise<HeldRows[]> {
  if (!(await isKnown(store, scope))) return [];
  let before: HeldRows[] | undefined;
  for (let round = 0; round < ROUNDS; round += 1) {
    // Noted before anything is deleted: later attempts must find what only deleted rows could tell.
    await noteErased(store, scope);
    const left = await countRows(store, scope, isNoted);
    before ??= left;
    if (left.length === 0) return before;
    for (const { table } of left) await deleteFrom(store, table, { scope, timeoutMs });
  }
  const [rest] = await countRows(store, scope, isNoted);
  if (rest === undefined) return before ?? [];
  throw new ErasureIncompleteError({ table: rest.table, reason: `${rest.rows} rows came meanwhile` });
}

const isNoted = (table: ErasableTable): string => rowMatch(table, NOTED_HASHES);

const knownSubject: NamedQuery<Scope, { known: number }> = {
  name: 'knownSubject',
  sql: [
    `SELECT count() AS known FROM erased WHERE subject = unhex({subject:String})`,
    ...ERASABLE_TABLES.flatMap((table) => {
      const { owners } = idsOf(table);
      return owners.length === 0
        ? []
        : `SELECT count() FROM (SELECT 1 FROM ${table.name} WHERE ${isOwnedBy(owners, table)} LIMIT 1)`;
    }),
  ].join('\nUNION ALL '),
  bind: (scope) => scope,
  decode: { known: integer },
  limits: SCAN_LIMITS,
};

async function isKnown(store: Store, scope: Scope): Promise<boolean> {
  const counts = await store.query(knownSubject, scope, { timeoutMs: SCAN_TIMEOUT_MS });
  return counts.some(({ known }) => known > 0);
}

async function noteErased(store: Store, scope: Scope): Promise<void> {
  await store.command(
    `INSERT INTO erased (hash, subject, until)
     SELECT unhex({subject:String}), unhex({subject:String}), {until:DateTime64(9, 'UTC')}`,
    scope,
  );
  await store.command(
    `INSERT INTO erased (hash, subject, until)
     SELECT DISTINCT hash, unhex({subject:String}), toDateTime64('${END_OF_TIME}', 9, 'UTC')
     FROM (${NAMED_HASHES})`,
    scope,
    { timeoutMs: SCAN_TIMEOUT_MS },
  );
}

/**
 * A mutation, because a lightweight DELETE only hides rows until some later merge: this one rewrites every part that has
 * such rows. ClickHouse removes the replaced parts from disk minutes later (`old_parts_lifetime`).
 */
async function deleteFrom(
  store: Store,
  table: string,
  { scope, timeoutMs }: { scope: Scope; timeoutMs: number },
): Promise<void> {
  const condition = isNoted(erasableTable(table));
  await store.command(`ALTER TABLE ${table} DELETE WHERE ${condition} SETTINGS mutations_sync = 0`, scope);
  await untilMutated(store, table, timeoutMs);
}

const unfinishedMutations: NamedQuery<{ table: string }, { unfinished: number; reason: string }> = {
  name: 'unfinishedMutations',
  sql: `
    SELECT count() AS unfinished, max(latest_fail_reason) AS reason
    FROM system.mutations
    WHERE database = currentDatabase() AND table = {table:String} AND NOT is_done`,
  bind: ({ table }) => ({ table }),
  decode: { unfinished: integer, reason: text },
};

// Asked again and again, because a request that waits for hours does not survive every proxy.
async function untilMutated(store: Store, table: string, timeoutMs: number): Promise<void> {
  const startedAt = performance.now();
  let failingSince: number | null = null;
  for (;;) {
    const [state] = await store.query(unfinishedMutations, { table });
    if (state === undefined || state.unfinished === 0) return;
    const now = performance.now();
    failingSince = state.reason === '' ? null : (failingSince ?? now);
    if (failingSince !== null && now - failingSince > FAILING_MS)
      throw new ErasureIncompleteError({ table, reason: state.reason });
    if (now - startedAt > timeoutMs)
      throw new ErasureIncompleteError({ table, reason: `rows are not deleted after ${timeoutMs} ms` });
    await sleep(POLL_MS);
  }
}

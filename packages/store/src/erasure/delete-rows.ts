import { setTimeout as sleep } from 'node:timers/promises';
import { ErasureIncompleteError } from '@signalbox/spec';
import type { Store } from '../connection/store.js';
import { integer, text } from '../queries/decoders.js';
import type { NamedQuery } from '../queries/named-query.js';
import { erasableTable } from './erasable-tables.js';
import { countRows, type HeldRows } from './held-rows.js';
import { NAMED_HASHES, NOTED_HASHES, rowMatch } from './row-match.js';
import type { Scope } from './scope.js';

// Rows that were on their way when the deletion began are found in the second round.
const ROUNDS = 3;
const POLL_MS = 100;

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
  const before = await countRows(store, scope);
  let left = before;
  for (let round = 0; round < ROUNDS && left.length > 0; round += 1) {
    // Noted before anything is deleted: later attempts must find what only deleted rows could tell.
    await noteErased(store, scope);
    for (const table of left) await deleteFrom(store, table.table, { scope, timeoutMs });
    left = await countRows(store, scope);
  }
  const [rest] = left;
  if (rest === undefined) return before;
  throw new ErasureIncompleteError({ table: rest.table, reason: `${rest.rows} rows came meanwhile` });
}

async function noteErased(store: Store, scope: Scope): Promise<void> {
  await store.command(
    `INSERT INTO erased (hash, subject, until)
     SELECT unhex({subject:String}), unhex({subject:String}), {until:DateTime64(9, 'UTC')}`,
    scope,
  );
  await store.command(
    `INSERT INTO erased (hash, subject, until)
     SELECT DISTINCT hash, unhex({subject:String}), toDateTime64('${END_OF_TIME}', 9, 'UTC') FROM (${NAMED_HASHES})`,
    scope,
  );
}

/**
 * A mutation, because a lightweight DELETE only hides rows until some later merge: this one rewrites every part that has
 * such rows. ClickHouse removes the replaced parts from disk minutes later (`old_parts_lifetime`).
 */
async function deleteFrom(
  store: Store,
  name: string,
  { scope, timeoutMs }: { scope: Scope; timeoutMs: number },
): Promise<void> {
  await store.command(
    `ALTER TABLE ${name} DELETE WHERE ${rowMatch(erasableTable(name), NOTED_HASHES)} SETTINGS mutations_sync = 0`,
    scope,
  );
  await untilMutated(store, name, timeoutMs);
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
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const [state] = await store.query(unfinishedMutations, { table });
    if (state === undefined || state.unfinished === 0) return;
    if (state.reason !== '') throw new ErasureIncompleteError({ table, reason: state.reason });
    if (performance.now() > deadline)
      throw new ErasureIncompleteError({ table, reason: `rows are not deleted after ${timeoutMs} ms` });
    await sleep(POLL_MS);
  }
}

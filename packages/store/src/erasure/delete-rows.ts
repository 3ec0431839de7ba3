import { setTimeout as sleep } from 'node:timers/promises';
import { ErasureIncompleteError } from '@signalbox/spec';
import {
  commandEverywhere,
  insertEverywhere,
  type NodeOptions,
  storedName,
  systemTable,
} from '../connection/every-node.js';
import type { Store } from '../connection/store.js';
import { integer, text } from '../queries/decoders.js';
import type { NamedQuery } from '../queries/named-query.js';
import { ERASABLE_TABLES, type ErasableTable, erasableTable } from './erasable-tables.js';
import { countRows, type HeldRows, SCAN_LIMITS, scanCall } from './held-rows.js';
import { idsOf, isOwnedBy, NAMED_HASHES, NOTED_HASHES, rowMatch } from './row-match.js';
import type { Scope } from './scope.js';

// Rows that were on their way when the deletion began are found in the second round.
const ROUNDS = 3;
const POLL_MS = 100;
/** ClickHouse tries a mutation again by itself: short of memory, say. This long without success is a failure. */
const FAILING_MS = 60_000;

// A decision or a trace ends with its subject's erasure, so nothing of it is new later.
const END_OF_TIME = '2262-01-01 00:00:00';

/** How rows are deleted. */
export type DeleteOptions = NodeOptions & {
  /** Milliseconds that ClickHouse may take for one table. */
  timeoutMs: number;
  /** Ends the waiting; what ClickHouse has begun it ends by itself. */
  signal?: AbortSignal | undefined;
};

/**
 * Deletes the rows of a scope from every table and resolves to how many there were, when none is left. From its
 * beginning on, the materialized views keep away what is deleted here. Can be repeated after any failure.
 * @throws ErasureIncompleteError when rows are left, or ClickHouse did not manage within `timeoutMs` for one table.
 */
export async function deleteRows(store: Store, scope: Scope, options: DeleteOptions): Promise<HeldRows[]> {
  const { signal } = options;
  if (!(await isKnown(store, scope, options))) return [];
  let before: HeldRows[] | undefined;
  for (let round = 0; round < ROUNDS; round += 1) {
    // Noted before anything is deleted: later attempts must find what only deleted rows could tell.
    await noteErased(store, scope, options);
    const left = await countRows(store, scope, { conditionOf: isNoted, signal });
    before ??= left;
    if (left.length === 0) return before;
    for (const { table } of left) await deleteFrom(store, table, { ...options, scope });
  }
  const [rest] = await countRows(store, scope, { conditionOf: isNoted, signal });
  if (rest === undefined) return before ?? [];
  throw new ErasureIncompleteError({ table: rest.table, reason: `${rest.rows} rows came meanwhile` });
}

const isNoted = (table: ErasableTable): string => rowMatch(table, NOTED_HASHES);

const known = (source: string): NamedQuery<Scope, { rows: number }> => ({
  name: 'knownSubject',
  sql: `SELECT count() AS rows FROM ${source}`,
  bind: (scope) => scope,
  decode: { rows: integer },
  limits: SCAN_LIMITS,
});

/** True when an earlier erasure noted the subject, or a row names it. The typed tables are asked first. */
async function isKnown(store: Store, scope: Scope, { signal }: DeleteOptions): Promise<boolean> {
  const naming = ERASABLE_TABLES.toReversed().flatMap((table) => {
    const { owners } = idsOf(table);
    return owners.length === 0 ? [] : `${table.name} WHERE ${isOwnedBy(owners, table)}`;
  });
  for (const source of ['erased WHERE subject = unhex({subject:String})', ...naming]) {
    const [found] = await store.query(known(source), scope, scanCall(signal));
    if (found !== undefined && found.rows > 0) return true;
  }
  return false;
}

async function noteErased(store: Store, scope: Scope, { signal, nodes }: DeleteOptions): Promise<void> {
  const call = { ...scanCall(signal), ...(nodes && { nodes }) };
  const insert = 'INSERT INTO erased (hash, subject, until)';
  const ofSubject = `${insert}
     SELECT unhex({subject:String}), unhex({subject:String}), {until:DateTime64(9, 'UTC')}`;
  const ofOwned = `${insert}
     SELECT DISTINCT hash, unhex({subject:String}), toDateTime64('${END_OF_TIME}', 9, 'UTC')
     FROM (${NAMED_HASHES})`;
  for (const statement of [ofSubject, ofOwned])
    await insertEverywhere(store, { table: 'erased', statement }, scope, call);
}

/**
 * A mutation, because a lightweight DELETE only hides rows until some later merge: this one rewrites every part that has
 * such rows. ClickHouse removes the replaced parts from disk minutes later (`old_parts_lifetime`).
 */
async function deleteFrom(
  store: Store,
  table: string,
  { scope, timeoutMs, signal, nodes }: DeleteOptions & { scope: Scope },
): Promise<void> {
  const condition = isNoted(erasableTable(table));
  const statement = (stored: string, onCluster: string) =>
    // Every node has the same rows in `erased`, which ClickHouse cannot know.
    `ALTER TABLE ${stored}${onCluster} DELETE WHERE ${condition}
     SETTINGS mutations_sync = 0, allow_nondeterministic_mutations = 1`;
  await commandEverywhere(store, { table, statement }, scope, {
    ...(signal && { signal }),
    ...(nodes && { nodes }),
  });
  await untilMutated(store, table, { timeoutMs, signal });
}

const unfinishedMutations = (
  store: Store,
): NamedQuery<{ database: string; table: string }, { unfinished: number; reason: string }> => ({
  name: 'unfinishedMutations',
  sql: `
    SELECT count() AS unfinished, max(latest_fail_reason) AS reason
    FROM ${systemTable(store, 'mutations')}
    WHERE database = {database:String} AND table = {table:String} AND NOT is_done`,
  bind: (params) => params,
  decode: { unfinished: integer, reason: text },
});

// Asked again and again, because a request that waits for hours does not survive every proxy.
async function untilMutated(
  store: Store,
  table: string,
  { timeoutMs, signal }: Pick<DeleteOptions, 'timeoutMs' | 'signal'>,
): Promise<void> {
  const query = unfinishedMutations(store);
  const params = { database: store.database, table: storedName(store, table) };
  const startedAt = performance.now();
  let failingSince: number | null = null;
  for (;;) {
    const [state] = await store.query(query, params, signal && { signal });
    if (state === undefined || state.unfinished === 0) return;
    const now = performance.now();
    failingSince = state.reason === '' ? null : (failingSince ?? now);
    if (failingSince !== null && now - failingSince > FAILING_MS)
      throw new ErasureIncompleteError({ table, reason: state.reason });
    if (now - startedAt > timeoutMs)
      throw new ErasureIncompleteError({ table, reason: `rows are not deleted after ${timeoutMs} ms` });
    await sleep(POLL_MS, undefined, signal && { signal });
  }
}

import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { NodeOptions } from '../connection/every-node.js';
import type { Store } from '../connection/store.js';
import { text } from '../queries/decoders.js';
import type { NamedQuery } from '../queries/named-query.js';
import { rebuildRollups } from '../rollups/rebuild-rollups.js';
import { deleteRows } from './delete-rows.js';
import { erasableTable } from './erasable-tables.js';
import { type HeldRows, isHeld, SCAN_LIMITS, scanCall } from './held-rows.js';
import { type Scope, scopeOf } from './scope.js';
import type { Subject } from './subject.js';

/** How to erase. */
export type EraseOptions = NodeOptions & {
  /** Who asked for it; stands in the receipt. */
  requestedBy: string;
  /** Milliseconds that ClickHouse may take for one table. Default: an hour. */
  timeoutMs?: number;
};

/** What was erased. Stored in table `erasures`, with a salted hash instead of the id. */
export type ErasureReceipt = {
  erasureId: string;
  /** What began or was received until then is erased: ISO 8601 in UTC. */
  erasedAt: string;
  tables: { table: string; rowsBefore: number; rowsAfter: number }[];
};

/** The hours of each day within which the subject has decisions: their rollups count it. */
const hoursOf: NamedQuery<Scope, { from: string; to: string }> = {
  name: 'hoursOf',
  sql: `
    SELECT
      toDateTime(toStartOfHour(min(timestamp)), 'UTC') AS from,
      toDateTime(toStartOfHour(max(timestamp)), 'UTC') + INTERVAL 1 HOUR AS to
    FROM decisions_raw
    WHERE ${isHeld(erasableTable('decisions_raw'))}
    GROUP BY toDate(timestamp, 'UTC')
    ORDER BY from`,
  bind: (scope) => scope,
  decode: { from: text, to: text },
  limits: SCAN_LIMITS,
};

/**
 * Deletes everything of a subject up to now and writes a receipt, or resolves to `null` when nothing is held. What is
 * erased stays away when it is inserted again; what the subject does later is stored again. Can be repeated after any
 * failure.
 * @throws ErasureIncompleteError when rows are left.
 */
export async function eraseSubject(
  store: Store,
  subject: Subject,
  { requestedBy, timeoutMs = 3_600_000, ...nodes }: EraseOptions,
): Promise<ErasureReceipt | null> {
  const scope = await scopeOf(store, subject);
  const hours = await store.query(hoursOf, scope, scanCall());
  const before = await deleteRows(store, scope, { timeoutMs, ...nodes });
  if (before.length === 0) return null;
  for (const { from, to } of hours)
    await rebuildRollups(store, { from: new Date(from), to: new Date(to) }, { timeoutMs, ...nodes });
  return writeReceipt(store, { subject, requestedBy, until: scope.until, before });
}

async function writeReceipt(
  store: Store,
  {
    subject,
    requestedBy,
    until,
    before,
  }: { subject: Subject; requestedBy: string; until: string; before: readonly HeldRows[] },
): Promise<ErasureReceipt> {
  const erasureId = randomUUID();
  const salt = randomBytes(16).toString('hex');
  const idHash = createHash('sha256').update(salt).update(subject.id).digest('hex');
  const names = before.map(({ table }) => table);
  const rows = before.map((each) => each.rows);
  await store.command(
    `INSERT INTO erasures
       (erasure_id, erased_at, requested_by, subject, salt, id_hash, tables.name, tables.rows_before, tables.rows_after)
     SELECT {erasureId:UUID}, {until:DateTime64(9, 'UTC')}, {requestedBy:String}, {kind:String}, {salt:String},
       {idHash:String}, JSONExtract({names:String}, 'Array(String)'), JSONExtract({rows:String}, 'Array(UInt64)'),
       arrayMap(each -> 0, JSONExtract({rows:String}, 'Array(UInt64)'))`,
    {
      erasureId,
      until,
      requestedBy,
      kind: subject.kind,
      salt,
      idHash,
      names: JSON.stringify(names),
      rows: JSON.stringify(rows),
    },
  );
  return {
    erasureId,
    erasedAt: `${until.replace(' ', 'T')}Z`,
    tables: before.map(({ table, rows: rowsBefore }) => ({ table, rowsBefore, rowsAfter: 0 })),
  };
}

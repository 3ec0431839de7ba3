import type { Store } from '../connection/store.js';
import { integer, nullable, text } from '../queries/decoders.js';
import type { NamedQuery } from '../queries/named-query.js';
import { parseTtl, tableEngines } from './table-ttl.js';

/** What ClickHouse will drop next from a table: the partition whose last row expires first. */
export type NextDrop = { partition: string; rows: number; bytes: number; at: string };

/** What a table holds and how long. Times are ISO 8601 in UTC. */
export type TableRetention = {
  /** With the database in front for tables of ClickHouse itself, such as `system.query_log`. */
  table: string;
  /** On disk. */
  bytes: number;
  /** Stored, repetitions counted. */
  rows: number;
  /** `null` without rows, and where rows do not expire. */
  oldest: string | null;
  /** `null` where rows do not expire. */
  days: number | null;
  /** Rows of parts that are past their date and go with the next merge. */
  expiredRows: number;
  next: NextDrop | null;
};

type Held = {
  table: string;
  bytes: number;
  rows: number;
  firstExpiry: string | null;
  expiredRows: number;
  nextPartition: string;
  nextRows: number;
  nextBytes: number;
  nextAt: string | null;
};

/** What is on disk, by table: of the database, and of ClickHouse itself. */
const heldByTable: NamedQuery<{ database: string }, Held> = {
  name: 'heldByTable',
  sql: `
    WITH parts AS (
      SELECT
        table,
        partition,
        sum(bytes_on_disk) AS bytes,
        sum(rows) AS stored,
        min(delete_ttl_info_min) AS first_expiry,
        max(delete_ttl_info_max) AS last_expiry,
        sumIf(rows, delete_ttl_info_max > 0 AND delete_ttl_info_max < now()) AS expired
      FROM system.parts
      WHERE active AND database = {database:String}
      GROUP BY table, partition
    )
    SELECT
      table,
      sum(parts.bytes) AS bytes,
      sum(stored) AS rows,
      nullIf(min(first_expiry), toDateTime(0)) AS firstExpiry,
      sum(expired) AS expiredRows,
      argMin(partition, last_expiry) AS nextPartition,
      argMin(stored, last_expiry) AS nextRows,
      argMin(parts.bytes, last_expiry) AS nextBytes,
      nullIf(min(last_expiry), toDateTime(0)) AS nextAt
    FROM parts
    GROUP BY table
    ORDER BY table`,
  bind: ({ database }) => ({ database }),
  decode: {
    table: text,
    bytes: integer,
    rows: integer,
    firstExpiry: nullable(text),
    expiredRows: integer,
    nextPartition: text,
    nextRows: integer,
    nextBytes: integer,
    nextAt: nullable(text),
  },
};

const DAY_MS = 86_400_000;

/** Every table of the database, then the tables in which ClickHouse keeps its own logs, if it has any. */
export async function tableRetention(store: Store): Promise<TableRetention[]> {
  const held = new Map(
    (await store.query(heldByTable, { database: store.database })).map((each) => [each.table, each]),
  );
  const own = (await store.query(tableEngines, {})).map((each) =>
    describe(each.table, parseTtl(each)?.days ?? null, held.get(each.table)),
  );
  const system = (await store.query(heldByTable, { database: 'system' })).map((each) =>
    describe(`system.${each.table}`, null, each),
  );
  return [...own, ...system];
}

function describe(table: string, days: number | null, held: Held | undefined): TableRetention {
  if (held === undefined) return { table, bytes: 0, rows: 0, oldest: null, days, expiredRows: 0, next: null };
  const { bytes, rows, expiredRows, firstExpiry, nextAt } = held;
  const oldest =
    days === null || firstExpiry === null
      ? null
      : new Date(Date.parse(firstExpiry) - days * DAY_MS).toISOString();
  const next =
    nextAt === null
      ? null
      : { partition: held.nextPartition, rows: held.nextRows, bytes: held.nextBytes, at: nextAt };
  return { table, bytes, rows, oldest, days, expiredRows, next };
}

import { ask, type ExternalTable } from '../drain/ask.js';
import type { ClickHouseHttp } from '../drain/clickhouse-http.js';
import type { Block } from '../log/write-ahead-log.js';
import type { TableLayout } from './table-layout.js';

/** A block of which ClickHouse stores another number of rows than the manifest says. */
export type Difference = {
  readonly block: Block;
  /** Rows of the block that are stored, each counted once. */
  readonly stored: number;
  /** Rows of the block that are stored, repetitions counted. More than `stored` until ClickHouse merges them. */
  readonly copies: number;
};

/** SQL that is true for rows of these blocks' days, so that no other partition is read. */
export const onDays = ({ partition }: TableLayout, blocks: readonly Block[]): string => {
  const days = [...new Set(blocks.map(({ day }) => day))];
  return `${partition} IN (${days.map((day) => `toDate(${day})`).join(', ')})`;
};

/** Compares blocks of one table with what ClickHouse stores of them. Blocks without a difference are left out. @throws AskFailedError */
export const compareBlocks = async (
  clickhouse: ClickHouseHttp,
  {
    layout,
    blocks,
    signal,
  }: { layout: TableLayout; blocks: readonly Block[]; signal?: AbortSignal | undefined },
): Promise<Difference[]> => {
  const byId = new Map(blocks.map((block) => [hexOf(block), block]));
  const rows = await ask<{ id: string; stored: string; copies: string }>(clickhouse, {
    // A bitmap counts rows of a block exactly, in little memory.
    sql: `
      SELECT hex(manifests.id) AS id, found.stored AS stored, found.copies AS copies
      FROM manifests
      LEFT JOIN (
        SELECT ingest_block, count() AS copies, groupBitmap(ingest_row) AS stored
        FROM ${layout.table}
        WHERE ${onDays(layout, blocks)} AND ingest_block GLOBAL IN (SELECT id FROM manifests)
        GROUP BY ingest_block
      ) AS found ON found.ingest_block = manifests.id
      WHERE found.stored != manifests.rows OR found.copies != found.stored
      SETTINGS join_use_nulls = 0`,
    tables: [manifestsOf(blocks)],
    signal,
  });
  return rows.flatMap(({ id, stored, copies }) => {
    const block = byId.get(id.toLowerCase());
    return block === undefined ? [] : [{ block, stored: Number(stored), copies: Number(copies) }];
  });
};

/**
 * How many rows of blocks a reader sees more than once, beyond the first time: repetitions that do not replace each other,
 * because their keys differ or the table keeps all rows. Asked only of blocks with repetitions. @throws AskFailedError
 */
export const countDuplicates = async (
  clickhouse: ClickHouseHttp,
  {
    layout,
    blocks,
    signal,
  }: { layout: TableLayout; blocks: readonly Block[]; signal?: AbortSignal | undefined },
): Promise<number> => {
  if (blocks.length === 0) return 0;
  // FINAL would say the same, at the price of reading whole days.
  const seen = layout.isReplacing ? `uniqExact(sipHash64(ingest_row, ${layout.key}))` : 'count()';
  const [row] = await ask<{ duplicates: string }>(clickhouse, {
    sql: `
      SELECT sum(seen - distinct_rows) AS duplicates
      FROM (
        SELECT ${seen} AS seen, groupBitmap(ingest_row) AS distinct_rows
        FROM ${layout.table}
        WHERE ${onDays(layout, blocks)} AND ingest_block GLOBAL IN (SELECT id FROM manifests)
        GROUP BY ingest_block
      )`,
    tables: [manifestsOf(blocks)],
    signal,
  });
  return Number(row?.duplicates ?? 0);
};

const MANIFEST_BYTES = 20;

const manifestsOf = (blocks: readonly Block[]): ExternalTable => {
  const bytes = Buffer.alloc(blocks.length * MANIFEST_BYTES);
  for (const [index, { id, rows }] of blocks.entries()) {
    bytes.set(id, index * MANIFEST_BYTES);
    bytes.writeUInt32LE(rows, index * MANIFEST_BYTES + id.length);
  }
  return { name: 'manifests', structure: 'id FixedString(16), rows UInt32', bytes };
};

/** The id of a block as text. */
export const hexOf = ({ id }: Block): string => Buffer.from(id).toString('hex');

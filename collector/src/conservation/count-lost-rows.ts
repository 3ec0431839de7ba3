import { erasureHashes } from '@signalbox/store';
import { ask } from '../drain/ask.js';
import type { ClickHouseHttp } from '../drain/clickhouse-http.js';
import { BLOCK_COLUMNS } from '../drain/send-block.js';
import type { Block } from '../log/write-ahead-log.js';
import { onDays } from './compare-blocks.js';
import type { TableLayout } from './table-layout.js';

/**
 * How many rows of a block are neither stored nor rightly absent. Rightly absent are rows that another row with the same
 * key has replaced, be it of a later block or of this one, and rows that were erased. The rows themselves are sent along,
 * because only they say what their keys are. Rejects when the log or ClickHouse cannot be read.
 */
export const countLostRows = async (
  clickhouse: ClickHouseHttp,
  {
    layout,
    block,
    columns,
    signal,
  }: { layout: TableLayout; block: Block; columns: readonly string[]; signal?: AbortSignal | undefined },
): Promise<number> => {
  const all = [...BLOCK_COLUMNS, ...columns];
  const structure = all.map((name) => `\`${name}\` ${layout.types[name]}`).join(', ');
  const { hashes, moment } = erasureHashes(block.table);
  const days = onDays(layout, [block]);
  const id = Buffer.from(block.id).toString('hex');
  const [row] = await ask<{ lost: string }>(clickhouse, {
    sql: `
      WITH
        absent AS (
          SELECT tuple(${layout.key}) AS key, ${moment} AS moment, ${hashes} AS hashes
          FROM sent
          WHERE ingest_row GLOBAL NOT IN (
            SELECT ingest_row FROM ${layout.table} WHERE ${days} AND ingest_block = unhex({id:String})
          )
        )
      SELECT count() AS lost
      FROM absent
      WHERE key GLOBAL NOT IN (
          SELECT tuple(${layout.key}) FROM ${layout.table}
          WHERE ${days} AND tuple(${layout.key}) GLOBAL IN (SELECT key FROM absent)
        )
        AND key GLOBAL NOT IN (
          SELECT key
          FROM (SELECT key, moment, arrayJoin(hashes) AS hash FROM absent) AS named
          INNER JOIN erased USING hash
          WHERE named.moment <= erased.until
        )`,
    values: { id },
    tables: [{ name: 'sent', structure, bytes: await block.read() }],
    signal,
  });
  return Number(row?.lost ?? 0);
};

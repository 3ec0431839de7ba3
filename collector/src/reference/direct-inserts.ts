import type { TableName } from '@signalbox/store';
import { AskFailedError, ask } from '../drain/ask.js';
import { type ClickHouseHttp, type ClickHouseLogin, createClickHouseHttp } from '../drain/clickhouse-http.js';
import { insertBlock } from '../drain/insert-block.js';
import { failureOfAnswer, type InsertFailure } from '../drain/insert-failure.js';
import { readPinnedSettings } from '../drain/pinned-settings.js';
import { BLOCK_COLUMNS } from '../drain/send-block.js';
import { CONCURRENT_INSERTS } from '../drain/start-drain.js';
import { ROW_COLUMNS } from '../rows/row-columns.js';

/** A block as a collector inserted it: RowBinary with `ingest_block` and `ingest_row` in front of every row. */
export type InsertedBlock = {
  readonly table: TableName;
  readonly rows: number;
  readonly bytes: Buffer;
};

const TIMEOUT_MS = 60_000;
const MAX_BLOCK_BYTES = 256 * 1024 * 1024;

/** Reads back the blocks of a table, oldest first, byte by byte as they were inserted. All are in memory. @throws AskFailedError */
export const readInsertedBlocks = (login: ClickHouseLogin, table: TableName): Promise<InsertedBlock[]> =>
  withClickHouse(login, async (clickhouse) => {
    const found = await ask<{ id: string; rows: string }>(clickhouse, {
      sql: `SELECT hex(ingest_block) AS id, count() AS rows FROM \`${table}\` GROUP BY ingest_block ORDER BY min(received_at)`,
    });
    const columns = columnsOf(table)
      .map((column) => `\`${column}\``)
      .join(', ');
    const blocks: InsertedBlock[] = [];
    for (const { id, rows } of found) {
      const answer = await clickhouse.send({
        sql: `SELECT ${columns} FROM \`${table}\` WHERE ingest_block = unhex('${id}') ORDER BY ingest_row FORMAT RowBinary`,
        timeoutMs: TIMEOUT_MS,
        maxAnswerBytes: MAX_BLOCK_BYTES,
      });
      throwOn(answer.status === 200 ? null : failureOfAnswer(answer));
      blocks.push({ table, rows: Number(rows), bytes: answer.body });
    }
    return blocks;
  });

/**
 * Inserts blocks with the statement, the settings and the parallelism of the drain, and nothing before or after: the fastest
 * that a collector in front of this ClickHouse can be. @throws AskFailedError
 */
export const insertDirectly = (login: ClickHouseLogin, blocks: readonly InsertedBlock[]): Promise<void> =>
  withClickHouse(login, async (clickhouse) => {
    const settings = await readPinnedSettings(clickhouse);
    const left = blocks.entries();
    const work = async (): Promise<void> => {
      for (const [index, { table, bytes }] of left) {
        const queryId = `direct-${login.database}-${index}-${process.hrtime.bigint()}`;
        const columns = columnsOf(table);
        throwOn(
          await insertBlock(clickhouse, { table, columns, bytes, settings, queryId, timeoutMs: TIMEOUT_MS }),
        );
      }
    };
    await Promise.all(Array.from({ length: CONCURRENT_INSERTS }, work));
  });

const columnsOf = (table: TableName): readonly string[] => [...BLOCK_COLUMNS, ...ROW_COLUMNS[table]];

const throwOn = (failure: InsertFailure | null): void => {
  if (failure !== null) throw new AskFailedError(failure);
};

const withClickHouse = async <Result>(
  login: ClickHouseLogin,
  run: (clickhouse: ClickHouseHttp) => Promise<Result>,
): Promise<Result> => {
  const clickhouse = createClickHouseHttp(login);
  try {
    return await run(clickhouse);
  } finally {
    clickhouse.close();
  }
};

import { ask } from '../drain/ask.js';
import type { ClickHouseHttp } from '../drain/clickhouse-http.js';

/** How a table tells its rows apart, as ClickHouse has it. */
export type TableLayout = {
  readonly table: string;
  /** SQL of the key under which rows replace each other, without brackets. */
  readonly key: string;
  /** SQL of the day that a row lies in. */
  readonly partition: string;
  /** True when a row replaces others with its key. */
  readonly isReplacing: boolean;
  /** Days after which rows expire, `null` where they do not. */
  readonly days: number | null;
  /** The type of each column. */
  readonly types: Readonly<Record<string, string>>;
};

type Described = { table: string; engine: string; key: string; partition: string; definition: string };

const EXPIRES = /toIntervalDay\((\d+)\)/;

/** Reads the layout of `tables`, by table; one that does not exist is absent. On a cluster that of a shard. @throws AskFailedError */
export const readLayouts = async (
  clickhouse: ClickHouseHttp,
  tables: readonly string[],
  signal?: AbortSignal,
): Promise<Map<string, TableLayout>> => {
  const values = { tables: `[${tables.map((table) => `'${table}'`).join(', ')}]` };
  const described = await ask<Described>(clickhouse, {
    // The Distributed table that has the name on a cluster has no key.
    sql: `SELECT replaceRegexpOne(name, '_local$', '') AS table, engine, sorting_key AS key, partition_key AS partition, engine_full AS definition
      FROM system.tables
      WHERE database = currentDatabase() AND sorting_key != '' AND replaceRegexpOne(name, '_local$', '') IN {tables:Array(String)}`,
    values,
    signal,
  });
  const columns = await ask<{ table: string; name: string; type: string }>(clickhouse, {
    sql: 'SELECT table, name, type FROM system.columns WHERE database = currentDatabase() AND table IN {tables:Array(String)}',
    values,
    signal,
  });
  return new Map(
    described.map(({ table, engine, key, partition, definition }) => {
      const own = columns.filter((column) => column.table === table);
      const days = EXPIRES.exec(definition)?.[1];
      const types = Object.fromEntries(own.map(({ name, type }) => [name, type]));
      const isReplacing = engine.includes('Replacing');
      return [
        table,
        { table, key, partition, isReplacing, days: days === undefined ? null : Number(days), types },
      ];
    }),
  );
};

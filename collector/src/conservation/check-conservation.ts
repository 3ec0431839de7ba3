import type { TableName } from '@signalbox/store';
import type { ClickHouseHttp } from '../drain/clickhouse-http.js';
import type { ColumnsByTable } from '../drain/send-block.js';
import type { Block } from '../log/write-ahead-log.js';
import { compareBlocks, countDuplicates, type Difference, hexOf } from './compare-blocks.js';
import { countLostRows } from './count-lost-rows.js';
import { readLayouts, type TableLayout } from './table-layout.js';

/** What one comparison of manifests with ClickHouse found. */
export type Conservation = {
  readonly blocks: number;
  readonly rows: number;
  /** Rows that ClickHouse had answered for and does not have. */
  readonly missingRows: number;
  /** Rows that readers see more than once, beyond the first time. */
  readonly duplicateRows: number;
  /** Rows that are absent, and that the log no longer holds so that nobody can tell whether rightly. */
  readonly unverifiedRows: number;
  /** The blocks with missing rows. */
  readonly damaged: readonly Block[];
};

/** What a check takes. */
export type CheckOptions = {
  readonly clickhouse: ClickHouseHttp;
  readonly columns: ColumnsByTable;
  readonly blocks: readonly Block[];
  /** Blocks whose absent rows were found to be rightly absent, by id, with how many rows were stored then. Kept by the caller. */
  readonly explained: Map<string, number>;
  /** Days since 1970-01-01 UTC. */
  readonly today: number;
  readonly signal?: AbortSignal | undefined;
};

/** Compares committed blocks with what readers of ClickHouse see of them. @throws AskFailedError */
export const checkConservation = async (options: CheckOptions): Promise<Conservation> => {
  const { clickhouse, blocks, today, signal } = options;
  const tables = [...new Set(blocks.map(({ table }) => table))];
  const layouts = await readLayouts(clickhouse, tables, signal);
  const found = { missingRows: 0, duplicateRows: 0, unverifiedRows: 0 };
  const damaged: Block[] = [];
  const compared: Block[] = [];
  for (const table of tables) {
    const layout = layouts.get(table);
    const own = blocks.filter((block) => block.table === table && !isExpired(block, layout, today));
    if (layout === undefined || own.length === 0) continue;
    compared.push(...own);
    const differences = await compareBlocks(clickhouse, { layout, blocks: own, signal });
    const repeated = differences.filter(({ stored, copies }) => copies > stored).map(({ block }) => block);
    found.duplicateRows += await countDuplicates(clickhouse, { layout, blocks: repeated, signal });
    for (const difference of differences) {
      const { lost, unverified } = await explain(difference, layout, options);
      found.missingRows += lost;
      found.unverifiedRows += unverified;
      if (lost > 0) damaged.push(difference.block);
    }
  }
  return {
    blocks: compared.length,
    rows: compared.reduce((sum, { rows }) => sum + rows, 0),
    ...found,
    damaged,
  };
};

const explain = async (
  { block, stored }: Difference,
  layout: TableLayout,
  { clickhouse, columns, explained, signal }: CheckOptions,
): Promise<{ lost: number; unverified: number }> => {
  const absent = block.rows - stored;
  const id = hexOf(block);
  if (absent <= 0 || explained.get(id) === stored) return { lost: 0, unverified: 0 };
  const isHeld = await block.read().then(
    () => true,
    () => false,
  );
  if (!isHeld) return { lost: 0, unverified: absent };
  const lost = await countLostRows(clickhouse, {
    layout,
    block,
    columns: columns[block.table as TableName],
    signal,
  });
  if (lost === 0) explained.set(id, stored);
  return { lost, unverified: 0 };
};

const isExpired = ({ day }: Block, layout: TableLayout | undefined, today: number): boolean =>
  layout !== undefined && layout.days !== null && day <= today - layout.days;

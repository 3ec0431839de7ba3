import type { TableName } from '@signalbox/store';
import type { Block } from '../log/write-ahead-log.js';
import { ROW_LAYOUT } from '../rows/row-section.js';
import { AskFailedError } from './ask.js';
import type { ClickHouseHttp } from './clickhouse-http.js';
import { insertBlock } from './insert-block.js';
import { failureOfError, type InsertFailure } from './insert-failure.js';
import { type PinnedSettings, readPinnedSettings } from './pinned-settings.js';

/** The columns of each table in the order of the encoded rows, without the two that a block adds in front. */
export type ColumnsByTable = Readonly<Record<TableName, readonly string[]>>;

/** Makes one attempt at a block. Resolves to `null` when it is stored, otherwise to why not. Never rejects. */
export type SendBlock = (
  block: Block,
  attempt: number,
  signal?: AbortSignal,
) => Promise<InsertFailure | null>;

/** The columns that a block puts in front of every row. */
export const BLOCK_COLUMNS: readonly string[] = ['ingest_block', 'ingest_row'];

/** Creates the way of a block from the log to its table. */
export const createSendBlock = ({
  clickhouse,
  columns,
  timeoutMs,
}: {
  clickhouse: ClickHouseHttp;
  columns: ColumnsByTable;
  timeoutMs: number;
}): SendBlock => {
  let pinned: Promise<PinnedSettings> | undefined;
  const readSettings = (signal?: AbortSignal): Promise<PinnedSettings> => {
    pinned ??= readPinnedSettings(clickhouse, signal).catch((error: unknown) => {
      pinned = undefined;
      throw error;
    });
    return pinned;
  };

  return async (block, attempt, signal) => {
    try {
      if (block.layout !== ROW_LAYOUT) return ofAnotherRelease(block);
      const settings = await readSettings(signal);
      const bytes = await readBlock(block);
      if (bytes instanceof Error) return damaged(bytes);
      const failure = await insertBlock(clickhouse, {
        table: block.table,
        columns: [...BLOCK_COLUMNS, ...columns[block.table]],
        bytes,
        settings,
        queryId: `${Buffer.from(block.id).toString('hex')}-${attempt}`,
        timeoutMs,
        signal,
      });
      if (failure === null) block.giveBack(bytes);
      // After a lost connection or an unknown setting it may be another version of the server that answers next.
      if (failure !== null && (failure.code === null || failure.kind === 'configuration')) pinned = undefined;
      return failure;
    } catch (error) {
      return error instanceof AskFailedError ? error.failure : failureOfError(error);
    }
  };
};

const readBlock = (block: Block): Promise<Uint8Array | Error> =>
  block.read().catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));

const damaged = ({ message }: Error): InsertFailure => ({
  kind: 'damaged',
  reason: `the log cannot read the block: ${message}`,
  code: null,
});

// Nobody but the release that wrote them knows the order of their columns; waiting keeps them.
const ofAnotherRelease = ({ layout }: Block): InsertFailure => ({
  kind: 'configuration',
  reason: `the log holds rows of another release (layout ${layout}, this one writes ${ROW_LAYOUT}); start that release to empty it`,
  code: null,
});

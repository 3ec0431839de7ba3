import type { ClickHouseHttp } from './clickhouse-http.js';
import { failureOfAnswer, failureOfError, type InsertFailure } from './insert-failure.js';
import type { PinnedSettings } from './pinned-settings.js';

/** Prepared rows for one insert. */
export type BlockInsert = {
  readonly table: string;
  /** In the order of the bytes. */
  readonly columns: readonly string[];
  /** RowBinary. */
  readonly bytes: Uint8Array;
  readonly settings: PinnedSettings;
  /** Names the attempt in ClickHouse's own logs: `<block id in hex>-<attempt>`. */
  readonly queryId: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
};

/** ClickHouse ends the insert by itself before we stop waiting, so that two attempts at one block do not overlap. */
const GRACE_MS = 2_000;

/**
 * Sends one block. Resolves to `null` when its rows are in the table and through every materialized view, otherwise to
 * why not; after that some or all rows may be stored. Never rejects.
 */
export const insertBlock = async (
  clickhouse: ClickHouseHttp,
  { table, columns, bytes, settings, queryId, timeoutMs, signal }: BlockInsert,
): Promise<InsertFailure | null> => {
  const names = columns.map((column) => `\`${column}\``).join(', ');
  try {
    const answer = await clickhouse.send({
      sql: `INSERT INTO \`${table}\` (${names}) FORMAT RowBinary`,
      params: { ...settings, max_execution_time: timeoutMs / 1000, query_id: queryId },
      body: bytes,
      timeoutMs: timeoutMs + GRACE_MS,
      signal,
    });
    return failureOfAnswer(answer);
  } catch (error) {
    return failureOfError(error);
  }
};

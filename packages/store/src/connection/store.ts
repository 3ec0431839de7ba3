import type { NamedQuery } from '../queries/named-query.js';
import type { RowByTable, TableName } from '../rows/row-by-table.js';
import type { StatementParams } from './statement-params.js';
import type { CallOptions } from './with-deadline.js';

/** Where ClickHouse is and whom to log in as. */
export type StoreOptions = {
  /** HTTP interface, for example `http://127.0.0.1:8123`. */
  url: string;
  username: string;
  password: string;
  /** Database that holds the schema. Created by `migrate`. */
  database: string;
  /** Name of the cluster, as in its `remote_servers`, that `url` is a node of. Default: one node. */
  cluster?: string | undefined;
  /**
   * Only for a cluster. True: `query` answers from the shards that can be reached, so it may leave rows out. Inserts and
   * commands never do. Default: false, everything fails with `StoreUnavailableError` when a shard cannot be reached.
   */
  skipUnavailableShards?: boolean;
};

/**
 * A connection to one ClickHouse database. Every method rejects with `StoreUnavailableError` when ClickHouse does not
 * answer, refuses the login or misses the deadline; what ClickHouse itself answers stays a `ClickHouseError` with its
 * numeric `code`.
 */
export interface Store {
  readonly database: string;
  /** `null` for one node. */
  readonly cluster: string | null;
  /** Resolves when ClickHouse answers and accepts the login. The database need not exist. Default deadline: 5 s. */
  ping(options?: CallOptions): Promise<void>;
  /**
   * Inserts rows as one block and resolves when they, and the tables filled from them, are readable. No rows: resolves
   * at once. Inserting the same rows again changes nothing that a reader of the views sees, so after a failure of
   * unknown outcome insert the same rows once more. Default deadline: 30 s.
   *
   * The caller sees to it that strings are well-formed (`String.prototype.toWellFormed`: one lone surrogate fails the
   * whole block), that digits of `UInt64` columns are in range (ClickHouse wraps them silently), and that the rows of a
   * call span at most 100 days.
   * @throws RangeError for a `bigint` out of range, and TypeError for null; nothing was sent.
   */
  insert<Table extends TableName>(
    table: Table,
    rows: readonly RowByTable[Table][],
    options?: CallOptions,
  ): Promise<void>;
  /** Runs a named query and resolves to its typed rows. The query's own limits hold. Default deadline: 30 s. */
  query<Params, Row>(query: NamedQuery<Params, Row>, params: Params, options?: CallOptions): Promise<Row[]>;
  /**
   * Runs a SELECT and yields its rows as JSON text, as they are read: 64-bit integers as digits, times as ISO 8601 in
   * UTC, NaN and the infinities as text. Any number of rows; the memory limit holds. Default deadline for all: 1 hour.
   */
  lines(
    query: Pick<NamedQuery<never, never>, 'name' | 'sql' | 'limits'>,
    params: StatementParams,
    options?: CallOptions,
  ): AsyncGenerator<string>;
  /**
   * Runs a SELECT and resolves to its whole result in ClickHouse's `Native` format (see `readNative`). Any number of rows,
   * all in memory. Default deadline: 10 minutes.
   */
  bytes(
    query: Pick<NamedQuery<never, never>, 'name' | 'sql' | 'limits'>,
    params: StatementParams,
    options?: CallOptions,
  ): Promise<Uint8Array>;
  /** Runs a statement without a result, such as DDL. For migrations and tests. Default deadline: 10 minutes. */
  command(statement: string, params?: StatementParams, options?: CallOptions): Promise<void>;
  /**
   * Creates the database when it does not exist: the one statement that cannot run inside it. `everywhere`: on all nodes of
   * the cluster, if there is one. Default: true.
   */
  createDatabase(options?: CallOptions & { everywhere?: boolean }): Promise<void>;
  /** Closes idle connections. No method may be called afterwards. */
  close(): Promise<void>;
}

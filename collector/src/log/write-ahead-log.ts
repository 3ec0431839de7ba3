import type { TableName } from '@signalbox/store';
import type { RowSection } from '../rows/row-section.js';

/** What the sender of a request was told, so that an identical retry gets the same answer. */
export type RecordedAnswer = {
  /** Items refused alone; the partial success of OTLP. */
  readonly rejected: number;
  readonly message: string;
};

/** One accepted request on its way into the log. */
export type LogEntry = {
  /** SHA-256 over tenant, signal and the inflated body: what makes a retry identical. 32 bytes. */
  readonly bodyHash: Uint8Array;
  readonly answer: RecordedAnswer;
  readonly sections: readonly RowSection[];
};

/**
 * Rows that go to ClickHouse in one insert: one table, one partition, at most 50,000 rows and 32 MiB. Its manifest is
 * durable before anyone sees it, so its bytes are the same at every attempt, also after a restart or an upgrade.
 */
export type Block = {
  /** 16 bytes, the value of `ingest_block`: hash of the log's random epoch, the table, and the block's number. */
  readonly id: Uint8Array;
  readonly table: TableName;
  /** Days since 1970-01-01 UTC. */
  readonly day: number;
  /** The order of columns that the rows were encoded in: `ROW_LAYOUT` of the release that received them. */
  readonly layout: number;
  readonly rows: number;
  /** The length of what `read` gives. */
  readonly bytes: number;
  /**
   * RowBinary with `ingest_block` and `ingest_row` in front of every row. Read from the log each time but the first. Rejects
   * with LogFailedError when the log cannot read it: then drop the block. Where the system was to blame it comes from `next`
   * again; where its bytes are damaged, what is left of an uncommitted one comes with another id.
   */
  read(): Promise<Uint8Array>;
  /**
   * Gives back what `read` gave, so that another block can use the memory. Nobody may refer to it any more. Need not be called:
   * not where a connection that was cut may still be reading it.
   */
  giveBack(bytes: Uint8Array): void;
};

/** A range of a block's rows. */
export type RowRange = { readonly first: number; readonly rows: number };

/** The receiving side of the log. */
export interface LogWriter {
  /**
   * The answer that an identical request got or is about to get; `null` when there was none in the retained time.
   * In-flight requests are joined: their promise is returned.
   */
  recall(bodyHash: Uint8Array): Promise<RecordedAnswer> | null;
  /**
   * Resolves when the entry has been synced to disk; only then may the sender be told so. Entries share a sync.
   * Rejects with LogFullError (quota or disk full: the sender should retry later) or LogFailedError. An entry that was
   * recalled in between joins the first one. The bytes of the sections must not change until then.
   */
  append(entry: LogEntry): Promise<void>;
}

/** The draining side of the log. One consumer. */
export interface BlockQueue {
  /** The next block to insert, oldest first per table; waits for one. `null` once the log is closing or `signal` is aborted. */
  next(signal?: AbortSignal): Promise<Block | null>;
  /**
   * Records that ClickHouse has the block; resolves when that is on disk. Its log segments may go once they are older than the
   * retained time. Waits while the disk is full; rejects with LogFailedError once the log is closing. So do `split` and `park`.
   */
  commit(block: Block): Promise<void>;
  /**
   * Replaces a block that ClickHouse refuses by smaller ones with ids of their own, which come next. The ranges are in order
   * and cover all rows; RangeError otherwise.
   */
  split(block: Block, ranges: readonly RowRange[]): Promise<void>;
  /** Moves a block's rows to the dead letters, durably, with the reason; then it counts as done. */
  park(block: Block, reason: string): Promise<void>;
  /** Committed blocks that the log still holds, newest first: what to insert again when ClickHouse has restarted. */
  committed(): AsyncIterable<Block>;
}

import type { FailureKind } from './insert-failure.js';

/** Whether the start-up self-test found that a repeated block is invisible on this server. */
type ExactlyOnce =
  /** The server has not been reached yet. */
  | 'unknown'
  | 'holds'
  /** A repetition was seen, or the user may not create the tables of the test: exactly-once is not claimed. */
  | 'not-claimed';

/** What the drain has done since the start. */
export type DrainStats = {
  readonly blocksInserted: number;
  readonly rowsInserted: number;
  readonly bytesInserted: number;
  /** Attempts that failed, by what was done about them. */
  readonly failures: Readonly<Record<FailureKind, number>>;
  /** Blocks that were cut in two because ClickHouse refused them, or gave them up as too much. */
  readonly blocksSplit: number;
  /** Rows that went to the dead letters. */
  readonly rowsParked: number;
  /** Blocks that wait because a materialized view, or ClickHouse alone, keeps refusing them. Now, not since the start. */
  readonly blocksAside: number;
  /** Committed blocks that were inserted again because ClickHouse had restarted or had lost rows. */
  readonly blocksReinserted: number;
  /** Restarts of ClickHouse that were noticed. */
  readonly serverRestarts: number;
  readonly exactlyOnce: ExactlyOnce;
};

/** The same, while it is counted. */
export type DrainCounters = { -readonly [Name in keyof DrainStats]: DrainStats[Name] } & {
  readonly failures: Record<FailureKind, number>;
};

/** Starts all counters at 0. */
export const createDrainCounters = (): DrainCounters => ({
  blocksInserted: 0,
  rowsInserted: 0,
  bytesInserted: 0,
  failures: { transient: 0, data: 0, 'after-write': 0, configuration: 0, damaged: 0 },
  blocksSplit: 0,
  rowsParked: 0,
  blocksAside: 0,
  blocksReinserted: 0,
  serverRestarts: 0,
  exactlyOnce: 'unknown',
});

import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type ClickHouseLogin, createClickHouseHttp } from '../drain/clickhouse-http.js';
import type { ColumnsByTable } from '../drain/send-block.js';
import type { Drain } from '../drain/start-drain.js';
import type { Block, BlockQueue } from '../log/write-ahead-log.js';
import { ROW_COLUMNS } from '../rows/row-columns.js';
import { checkConservation } from './check-conservation.js';
import { hexOf } from './compare-blocks.js';
import { countSequenceGaps, type SequenceGaps } from './count-sequence-gaps.js';
import type { ManifestLedger } from './manifest-ledger.js';

/** What the last check found; `null` before the first. All that is called missing, duplicate or gap should be 0. */
export type ConservationStats = {
  readonly checks: number;
  /** Checks that ClickHouse did not answer. */
  readonly failedChecks: number;
  /** Unix milliseconds of the last check that was answered. */
  readonly checkedAt: number | null;
  readonly blocks: number | null;
  readonly rows: number | null;
  readonly missingRows: number | null;
  readonly duplicateRows: number | null;
  readonly unverifiedRows: number | null;
  readonly sequenceGaps: SequenceGaps | null;
};

/** What `startConservation` takes. */
export type ConservationOptions = {
  readonly blocks: BlockQueue;
  /** Told of committed blocks by the drain. Filled here with those that the log holds from before. */
  readonly ledger: ManifestLedger;
  readonly drain: Pick<Drain, 'reinsert'>;
  readonly clickhouse: ClickHouseLogin;
  readonly logger: Logger;
  /** Default `ROW_COLUMNS`. */
  readonly columns?: ColumnsByTable;
  /** Pause between two checks. Default 60,000. */
  readonly everyMs?: number;
  /** Wall clock in milliseconds. Default `Date.now`. */
  readonly epochMs?: () => number;
};

/** Checks that run until `close`. */
export interface Conservation {
  stats(): ConservationStats;
  /** Checks now. Resolves when it is done, also when ClickHouse did not answer. */
  check(): Promise<void>;
  close(): Promise<void>;
}

const EVERY_MS = 60_000;
const DAY_MS = 86_400_000;
/** A replica may lag behind the one that took the insert. */
const REPLICA_LAG_MS = 30_000;

/**
 * Compares, every minute, what was committed in the last hour with what ClickHouse has, inserts again what is missing, and
 * looks for gaps in the numbers of decisions. What is found is in `stats` and, if it should not be, in the log as an error.
 */
export const startConservation = (options: ConservationOptions): Conservation => {
  const {
    blocks,
    ledger,
    drain,
    logger,
    columns = ROW_COLUMNS,
    everyMs = EVERY_MS,
    epochMs = Date.now,
  } = options;
  const clickhouse = createClickHouseHttp(options.clickhouse);
  const minimumAgeMs = options.clickhouse.cluster === undefined ? 0 : REPLICA_LAG_MS;
  const stopping = new AbortController();
  const { signal } = stopping;
  const explained = new Map<string, number>();
  let stats: ConservationStats = {
    checks: 0,
    failedChecks: 0,
    checkedAt: null,
    blocks: null,
    rows: null,
    missingRows: null,
    duplicateRows: null,
    unverifiedRows: null,
    sequenceGaps: null,
  };

  const look = async (): Promise<void> => {
    const recent = ledger
      .recent()
      .filter(({ committedAt }) => performance.now() - committedAt >= minimumAgeMs)
      .map(({ block }) => block);
    forget(explained, recent);
    const today = Math.floor(epochMs() / DAY_MS);
    const { damaged, ...found } = await checkConservation({
      clickhouse,
      columns,
      blocks: recent,
      explained,
      today,
      signal,
    });
    const sequenceGaps = await countSequenceGaps(clickhouse, signal);
    stats = { ...stats, ...found, sequenceGaps, checks: stats.checks + 1, checkedAt: epochMs() };
    const { missingRows, duplicateRows } = found;
    if (missingRows > 0 || duplicateRows > 0)
      logger.error(
        { missingRows, duplicateRows },
        'ClickHouse does not have what was committed, exactly once.',
      );
    if (sequenceGaps.missing > 0)
      logger.warn({ ...sequenceGaps }, 'Decisions were lost before the collector, or erased.');
    for (const block of damaged) await drain.reinsert(block);
  };

  const check = async (): Promise<void> => {
    try {
      await look();
    } catch (error) {
      if (signal.aborted) return;
      stats = { ...stats, checks: stats.checks + 1, failedChecks: stats.failedChecks + 1 };
      logger.warn({ err: error }, 'What was committed could not be compared with ClickHouse.');
    }
  };

  const fillLedger = async (): Promise<void> => {
    const held: Block[] = [];
    for await (const block of blocks.committed()) held.push(block);
    // They come newest first, and the ledger wants the order of their commits.
    for (const block of held.reverse()) ledger.note(block);
  };

  const run = async (): Promise<void> => {
    await fillLedger().catch((error: unknown) =>
      logger.error({ err: error }, 'Committed blocks could not be listed.'),
    );
    while (!signal.aborted) {
      await sleep(everyMs, undefined, { signal, ref: false }).catch(() => undefined);
      if (!signal.aborted) await check();
    }
  };
  const ended = run();

  return {
    stats: () => stats,
    check,
    async close() {
      stopping.abort();
      await ended;
      clickhouse.close();
    },
  };
};

const forget = (explained: Map<string, number>, recent: readonly Block[]): void => {
  const ids = new Set(recent.map(hexOf));
  for (const id of explained.keys()) if (!ids.has(id)) explained.delete(id);
};

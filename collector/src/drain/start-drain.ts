import type { Logger } from 'pino';
import type { Block, BlockQueue } from '../log/write-ahead-log.js';
import { ROW_COLUMNS } from '../rows/row-columns.js';
import { createAsideBlocks } from './aside-blocks.js';
import { RETRY_PAUSES, type RetryPauses } from './backoff.js';
import { claimExactlyOnce } from './claim-exactly-once.js';
import { type ClickHouseLogin, createClickHouseHttp } from './clickhouse-http.js';
import type { DrainContext } from './drain-context.js';
import { createDrainHealth } from './drain-health.js';
import { createDrainCounters, type DrainStats } from './drain-stats.js';
import { createPoisonGuard } from './poison-guard.js';
import { keepReinserting } from './reinsert.js';
import { retryAside } from './retry-aside.js';
import { runWorkers } from './run-workers.js';
import { type ColumnsByTable, createSendBlock } from './send-block.js';
import { createWakeablePause } from './wakeable-pause.js';

/** What `startDrain` takes. */
export type DrainOptions = {
  readonly blocks: BlockQueue;
  readonly clickhouse: ClickHouseLogin;
  /** Default `ROW_COLUMNS`. */
  readonly columns?: ColumnsByTable;
  readonly logger: Logger;
  /** Time that ClickHouse may take for one insert. */
  readonly insertTimeoutMs: number;
  /** Inserts that run at the same time, never two of the same block. Default 3. */
  readonly concurrentInserts?: number;
  /** True: nothing is inserted, and the drain is not ready, until the self-test has passed. Default false. */
  readonly requireExactlyOnce?: boolean;
  /** Told of every block that ClickHouse has and the log has noted. Must not throw. */
  readonly onCommitted?: (block: Block) => void;
  /** How long the log keeps committed blocks, in milliseconds. Default 15 minutes. */
  readonly retainMs?: number;
  /** Default `RETRY_PAUSES`. */
  readonly pauses?: RetryPauses;
  /** Pause between two looks at whether ClickHouse is there, and has restarted. Default 5,000. */
  readonly watchMs?: number;
  /** In [0, 1). Default `Math.random`. */
  readonly random?: () => number;
};

/** Blocks on their way from the log to ClickHouse. */
export interface Drain {
  stats(): DrainStats;
  /** `null` when blocks get through, otherwise why not. */
  notReadyReason(): string | null;
  /** Inserts a committed block once more. True when ClickHouse has taken it. */
  reinsert(block: Block): Promise<boolean>;
  /**
   * Takes no further block and waits for the running inserts, at most `deadlineMs` (default 5,000); what is then under way
   * is done again by the next start. May be called again.
   */
  close(options?: { deadlineMs?: number }): Promise<void>;
}

/** Inserts that run at the same time, unless the options say otherwise. Each holds a block of up to 32 MiB in memory. */
export const CONCURRENT_INSERTS = 2;
const WATCH_MS = 5_000;
const RETAIN_MS = 15 * 60_000;
const CLOSE_DEADLINE_MS = 5_000;

/**
 * Starts to empty the log into ClickHouse and does so until `close`. ClickHouse need not be reachable: blocks wait in the
 * log for as long as that takes.
 */
export const startDrain = (options: DrainOptions): Drain => {
  const {
    blocks,
    logger,
    columns = ROW_COLUMNS,
    insertTimeoutMs,
    pauses = RETRY_PAUSES,
    random = Math.random,
  } = options;
  const clickhouse = createClickHouseHttp(options.clickhouse);
  const send = createSendBlock({ clickhouse, columns, timeoutMs: insertTimeoutMs });
  const counters = createDrainCounters();
  const health = createDrainHealth();
  const aside = createAsideBlocks();
  const stopping = new AbortController();
  const cutting = new AbortController();
  const context: DrainContext = {
    blocks,
    send,
    pauses,
    random,
    waiting: createWakeablePause(stopping.signal),
    counters,
    health,
    guard: createPoisonGuard(),
    logger,
    stopping: stopping.signal,
    cutting: cutting.signal,
    onCommitted: options.onCommitted ?? (() => undefined),
  };
  const run = async (): Promise<void> => {
    const isRequired = options.requireExactlyOnce ?? false;
    const claimed = claimExactlyOnce({ ...context, clickhouse, isRequired });
    if (isRequired) await claimed;
    await Promise.all([claimed, runWorkers(options.concurrentInserts ?? CONCURRENT_INSERTS, aside, context)]);
  };
  const reinserting = keepReinserting({
    ...context,
    clickhouse,
    watchMs: options.watchMs ?? WATCH_MS,
    retainMs: options.retainMs ?? RETAIN_MS,
  });
  const ended = Promise.all([run(), retryAside(aside, context), reinserting]);
  ended.catch((error: unknown) => logger.fatal({ err: error }, 'The drain has stopped.'));

  let closed: Promise<void> | undefined;
  const close = async (deadlineMs: number): Promise<void> => {
    stopping.abort();
    const cut = setTimeout(() => cutting.abort(), deadlineMs);
    await ended.catch(() => undefined);
    clearTimeout(cut);
    clickhouse.close();
  };
  return {
    stats: () => ({ ...counters, failures: { ...counters.failures }, blocksAside: aside.size }),
    notReadyReason: () => health.reason(),
    async reinsert(block) {
      const failure = await send(block, Date.now(), cutting.signal);
      if (failure === null) counters.blocksReinserted += 1;
      else logger.warn({ table: block.table }, `A block could not be inserted again: ${failure.reason}.`);
      return failure === null;
    },
    close({ deadlineMs = CLOSE_DEADLINE_MS } = {}) {
      closed ??= close(deadlineMs);
      return closed;
    },
  };
};

import { setTimeout as sleep } from 'node:timers/promises';
import { AskFailedError } from './ask.js';
import { backoffMs } from './backoff.js';
import type { ClickHouseHttp } from './clickhouse-http.js';
import type { DrainContext } from './drain-context.js';
import { createServerWatch } from './server-watch.js';

type ReinsertOptions = Omit<DrainContext, 'health' | 'guard' | 'onCommitted'> & {
  readonly clickhouse: ClickHouseHttp;
  readonly watchMs: number;
  readonly retainMs: number;
};

/**
 * Watches whether ClickHouse restarts, and then inserts what it had committed lately once more: a server that lost power
 * may have lost what it had answered for. One block at a time, so that new ones keep their turn. Wakes the workers when
 * ClickHouse is there again. Ends with `stopping`.
 */
export const keepReinserting = async (options: ReinsertOptions): Promise<void> => {
  const { clickhouse, counters, logger, watchMs, stopping } = options;
  const watch = createServerWatch(clickhouse, options.retainMs);
  let isFirstLook = true;
  let isDue = false;
  let wasAway = false;
  while (!stopping.aborted) {
    try {
      if (await watch.hasRestarted(stopping)) {
        isDue = true;
        if (!isFirstLook) counters.serverRestarts += 1;
      }
      isFirstLook = false;
      if (wasAway) options.waiting.wake();
      wasAway = false;
      if (isDue) {
        const blocks = await reinsertCommitted(options);
        isDue = false;
        if (blocks > 0)
          logger.info({ blocks }, 'ClickHouse has restarted; recent blocks were inserted again.');
      }
    } catch (error) {
      wasAway = true;
      // The inserts themselves say when ClickHouse is not there.
      if (!(error instanceof AskFailedError))
        logger.error({ err: error }, 'Recent blocks were not inserted again.');
    }
    await sleep(watchMs, undefined, { signal: stopping }).catch(() => undefined);
  }
};

const reinsertCommitted = async (options: ReinsertOptions): Promise<number> => {
  const { blocks, send, pauses, random, counters, logger, stopping, cutting } = options;
  let inserted = 0;
  for await (const block of blocks.committed()) {
    for (let attempt = 1; !stopping.aborted; attempt += 1) {
      const failure = await send(block, Date.now(), cutting);
      if (failure === null) {
        inserted += 1;
        counters.blocksReinserted += 1;
        break;
      }
      // Gone once more: the next look finds out.
      if (failure.kind === 'transient' && failure.code === null) throw new AskFailedError(failure);
      if (failure.kind !== 'transient') {
        logger.warn({ table: block.table }, `A recent block could not be inserted again: ${failure.reason}.`);
        break;
      }
      await sleep(backoffMs(attempt, pauses, random()), undefined, { signal: stopping }).catch(
        () => undefined,
      );
    }
    if (stopping.aborted) break;
  }
  return inserted;
};

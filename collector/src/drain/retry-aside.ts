import { setTimeout as sleep } from 'node:timers/promises';
import type { AsideBlocks } from './aside-blocks.js';
import type { DrainContext } from './drain-context.js';
import { commit } from './settle-block.js';

/** Tries the blocks that were set aside again, whole and one by one, until `stopping`. */
export const retryAside = async (aside: AsideBlocks, options: DrainContext): Promise<void> => {
  const { send, pauses, counters, logger, stopping, cutting } = options;
  while (!stopping.aborted) {
    await sleep(pauses.asideMs, undefined, { signal: stopping }).catch(() => undefined);
    await aside.retry(async (block) => {
      if (stopping.aborted) return false;
      const failure = await send(block, Date.now(), cutting);
      if (failure !== null) {
        counters.failures[failure.kind] += 1;
        return failure.kind === 'damaged';
      }
      try {
        await commit(block, options);
        return true;
      } catch (error) {
        logger.error({ err: error }, 'The log did not note that a block is stored; trying again.');
        return false;
      }
    });
    if (aside.size > 0)
      logger.error({ blocks: aside.size }, 'Blocks wait that ClickHouse keeps refusing; others go on.');
  }
};

import { setTimeout as sleep } from 'node:timers/promises';
import type { Block } from '../log/write-ahead-log.js';
import type { AsideBlocks } from './aside-blocks.js';
import type { DrainContext } from './drain-context.js';
import { settleBlock } from './settle-block.js';

const ROOM_MS = 1_000;

/** Settles blocks as the queue gives them, `count` at a time, until the queue or `stopping` ends. */
export const runWorkers = async (count: number, aside: AsideBlocks, options: DrainContext): Promise<void> => {
  const { blocks, health, logger, stopping } = options;
  // One worker asks at a time: the queue has one consumer.
  let turn: Promise<Block | null> = Promise.resolve(null);
  const take = (): Promise<Block | null> => {
    turn = turn.then(() => (stopping.aborted ? null : blocks.next(stopping))).catch(orClosing);
    return turn;
  };
  const orClosing = (error: unknown): null => {
    if (!stopping.aborted) {
      const reason = `the log gives no blocks: ${error instanceof Error ? error.message : String(error)}`;
      health.failed({ kind: 'configuration', reason, code: null }, true);
      logger.error({ err: error }, 'The log gives no blocks; nothing is inserted until the next start.');
    }
    return null;
  };

  const work = async (): Promise<void> => {
    while (!stopping.aborted) {
      while (aside.isFull && !stopping.aborted)
        await sleep(ROOM_MS, undefined, { signal: stopping }).catch(() => undefined);
      const block = await take();
      if (block === null) return;
      const settled = await settleBlock(block, options).catch((error: unknown) => {
        logger.error({ err: error }, 'The log did not note what became of a block; trying again later.');
        return 'aside' as const;
      });
      if (settled === 'aside') aside.add(block);
    }
  };
  await Promise.all(Array.from({ length: count }, work));
};

import type { Block } from '../log/write-ahead-log.js';

/** Blocks that wait because a materialized view failed on them. */
export type AsideBlocks = {
  add(block: Block): void;
  /** Offers each block to `settle` and forgets those for which it resolves to true. */
  retry(settle: (block: Block) => Promise<boolean>): Promise<void>;
  readonly size: number;
  /** True when no more may be added; the worker that would take the next block waits. */
  readonly isFull: boolean;
};

// A block that waits is only its place in the log; this bounds how much of the log a broken view pins.
const MAX_ASIDE = 1_000;

/** Starts empty. */
export const createAsideBlocks = (): AsideBlocks => {
  const waiting = new Set<Block>();
  return {
    add: (block) => void waiting.add(block),
    async retry(settle) {
      for (const block of [...waiting]) if (await settle(block)) waiting.delete(block);
    },
    get size() {
      return waiting.size;
    },
    get isFull() {
      return waiting.size >= MAX_ASIDE;
    },
  };
};

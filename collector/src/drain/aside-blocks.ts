import type { Block } from '../log/write-ahead-log.js';

/** Blocks that wait because a materialized view failed on them, or because ClickHouse takes others and not them. */
export type AsideBlocks = {
  add(block: Block): void;
  /**
   * Offers the blocks to `settle`, the longest not tried first, and forgets those for which it resolves to true. Ends after
   * three in a row for which it does not: the view is broken for all, and every attempt stores rows to be merged again.
   */
  retry(settle: (block: Block) => Promise<boolean>): Promise<void>;
  readonly size: number;
  /** True when no more may be added; the worker that would take the next block waits. */
  readonly isFull: boolean;
};

// A block that waits is only its place in the log; this bounds how much of the log a broken view pins.
const MAX_ASIDE = 1_000;
const MAX_FAILURES = 3;

/** Starts empty. */
export const createAsideBlocks = (): AsideBlocks => {
  const waiting = new Set<Block>();
  return {
    add: (block) => void waiting.add(block),
    async retry(settle) {
      let failures = 0;
      for (const block of [...waiting]) {
        const isSettled = await settle(block);
        waiting.delete(block);
        if (!isSettled) waiting.add(block);
        failures = isSettled ? 0 : failures + 1;
        if (failures === MAX_FAILURES) return;
      }
    },
    get size() {
      return waiting.size;
    },
    get isFull() {
      return waiting.size >= MAX_ASIDE;
    },
  };
};

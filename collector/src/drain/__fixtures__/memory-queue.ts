import type { TableName } from '@signalbox/store';
import type { Block, BlockQueue } from '../../log/write-ahead-log.js';
import { ROW_LAYOUT } from '../../rows/row-section.js';

/** A queue of blocks in memory, with what became of each. */
export type MemoryQueue = BlockQueue & {
  /** Adds a block of rows that are encoded already, without the two columns of the block. Returns it. */
  add(rows: readonly Uint8Array[], options?: { table?: TableName; day?: number }): Block;
  close(): void;
  readonly committedBlocks: readonly Block[];
  readonly parked: readonly { rows: number; reason: string; bytes: Uint8Array }[];
};

export const createMemoryQueue = (): MemoryQueue => {
  const waiting: Block[] = [];
  const rowsOf = new Map<Block, readonly Uint8Array[]>();
  const committedBlocks: Block[] = [];
  const parked: { rows: number; reason: string; bytes: Uint8Array }[] = [];
  let wake: () => void = () => undefined;
  let isClosed = false;
  let blocks = 0;
  const epoch = crypto.getRandomValues(new Uint8Array(12));

  const add: MemoryQueue['add'] = (rows, { table = 'otel_traces', day = 0 } = {}) => {
    blocks += 1;
    const id = Buffer.concat([epoch, Buffer.from([0, 0, blocks >> 8, blocks & 255])]);
    const bytes = Buffer.concat(
      rows.flatMap((row, index) => {
        const place = Buffer.alloc(4);
        place.writeUInt32LE(index);
        return [id, place, row];
      }),
    );
    const block: Block = {
      ...{ id, table, day, layout: ROW_LAYOUT, rows: rows.length, bytes: bytes.length },
      read: async () => bytes,
      giveBack: () => undefined,
    };
    rowsOf.set(block, rows);
    waiting.push(block);
    wake();
    return block;
  };

  return {
    add,
    committedBlocks,
    parked,
    close() {
      isClosed = true;
      wake();
    },
    async next(signal) {
      for (;;) {
        const block = waiting.shift();
        if (block) return block;
        if (isClosed || signal?.aborted) return null;
        await new Promise<void>((resolve) => {
          wake = resolve;
          signal?.addEventListener('abort', () => resolve(), { once: true });
        });
      }
    },
    async commit(block) {
      committedBlocks.push(block);
    },
    async split(block, ranges) {
      const rows = rowsOf.get(block) ?? [];
      for (const { first, rows: count } of ranges)
        add(rows.slice(first, first + count), { table: block.table, day: block.day });
    },
    async park(block, reason) {
      parked.push({ rows: block.rows, reason, bytes: await block.read() });
    },
    async *committed() {
      yield* [...committedBlocks].reverse();
    },
  };
};

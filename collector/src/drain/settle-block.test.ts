import { pino } from 'pino';
import { expect, it } from 'vitest';
import { createMemoryQueue } from './__fixtures__/memory-queue.js';
import { testRows } from './__fixtures__/start-drain-store.js';
import type { DrainContext } from './drain-context.js';
import { createDrainHealth } from './drain-health.js';
import { createDrainCounters } from './drain-stats.js';
import type { InsertFailure } from './insert-failure.js';
import { createPoisonGuard } from './poison-guard.js';
import { settleBlock } from './settle-block.js';
import { createWakeablePause } from './wakeable-pause.js';

const TOO_MUCH_MEMORY: InsertFailure = { kind: 'transient', reason: 'code 241', code: 241 };
const NO_ANSWER: InsertFailure = { kind: 'transient', reason: 'ECONNRESET', code: null };

const setUp = (send: DrainContext['send']) => {
  const queue = createMemoryQueue();
  const context: DrainContext = {
    blocks: queue,
    send,
    pauses: { minMs: 0, maxMs: 0, configurationMs: 0, asideMs: 0 },
    random: () => 0,
    waiting: createWakeablePause(new AbortController().signal),
    counters: createDrainCounters(),
    health: createDrainHealth(),
    guard: createPoisonGuard(),
    logger: pino({ level: 'silent' }),
    stopping: new AbortController().signal,
    cutting: new AbortController().signal,
    onCommitted: () => undefined,
  };
  const settleAll = async (): Promise<void> => {
    queue.close();
    for (let block = await queue.next(); block !== null; block = await queue.next())
      await settleBlock(block, context);
  };
  return { queue, context, settleAll };
};

it('halves a block that ClickHouse gives up as too much, until it is not', async () => {
  const { queue, context, settleAll } = setUp(async ({ rows }) => (rows > 1_500 ? TOO_MUCH_MEMORY : null));
  queue.add(testRows(0, 4_000));
  await settleAll();
  expect(queue.committedBlocks.map(({ rows }) => rows)).toEqual([1_000, 1_000, 1_000, 1_000]);
  expect(context.counters).toMatchObject({ blocksSplit: 3, rowsInserted: 4_000, rowsParked: 0 });
});

it('does not make blocks ever smaller for a server that has no memory for any', async () => {
  let attempts = 0;
  const { queue, context, settleAll } = setUp(async () => {
    attempts += 1;
    return attempts < 50 ? TOO_MUCH_MEMORY : null;
  });
  queue.add(testRows(0, 1_999));
  await settleAll();
  expect(queue.committedBlocks.map(({ rows }) => rows)).toEqual([1_999]);
  expect(context.counters.failures.transient).toBe(49);
});

const OTHERS_INSERTED = 1;

it.each([
  ['says what nobody knows', { kind: 'transient', reason: 'code 9999', code: 9_999 }, 0, 'aside'],
  ['takes others', TOO_MUCH_MEMORY, OTHERS_INSERTED, 'aside'],
  ['takes none', TOO_MUCH_MEMORY, 0, 'done'],
  ['does not answer', NO_ANSWER, OTHERS_INSERTED, 'done'],
] as const)(
  'lets others go on before a block when ClickHouse %s',
  async (_what, failure, others, settled) => {
    let attempts = 0;
    const { queue, context } = setUp(async () => {
      attempts += 1;
      context.counters.blocksInserted += others;
      return attempts < 50 ? failure : null;
    });
    queue.add(testRows(0, 10));
    const block = await queue.next();
    expect(block && (await settleBlock(block, context))).toBe(settled);
  },
);

it('keeps a block whole over an outage', async () => {
  let attempts = 0;
  const { queue, settleAll } = setUp(async () => {
    attempts += 1;
    return attempts < 20 ? NO_ANSWER : null;
  });
  queue.add(testRows(0, 4_000));
  await settleAll();
  expect(queue.committedBlocks.map(({ rows }) => rows)).toEqual([4_000]);
});

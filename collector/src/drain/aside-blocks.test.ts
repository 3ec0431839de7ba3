import { expect, it } from 'vitest';
import { createMemoryQueue } from './__fixtures__/memory-queue.js';
import { testRows } from './__fixtures__/start-drain-store.js';
import { createAsideBlocks } from './aside-blocks.js';

const setUp = (count: number) => {
  const queue = createMemoryQueue();
  const aside = createAsideBlocks();
  const blocks = Array.from({ length: count }, () => queue.add(testRows(0, 1)));
  for (const block of blocks) aside.add(block);
  return { aside, blocks };
};

it('ends a round after three failures, and begins the next with the blocks that it left out', async () => {
  const { aside, blocks } = setUp(5);
  const tried: number[] = [];
  const fail = async (block: (typeof blocks)[number]): Promise<boolean> => {
    tried.push(blocks.indexOf(block));
    return false;
  };
  await aside.retry(fail);
  await aside.retry(fail);
  expect(tried).toEqual([0, 1, 2, 3, 4, 0]);
  expect(aside.size).toBe(5);
});

it('forgets what was settled and keeps what was not', async () => {
  const { aside, blocks } = setUp(6);
  await aside.retry(async (block) => blocks.indexOf(block) % 2 === 0);
  expect(aside.size).toBe(3);
});

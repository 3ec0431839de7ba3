import { expect, it } from 'vitest';
import { createGate } from './gate.js';

it('lets no more inside than its limit, and tells when all have left', async () => {
  const gate = createGate(3);
  let inside = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    inside += 1;
    most = Math.max(most, inside);
    await new Promise((resolve) => setImmediate(resolve));
    inside -= 1;
    gate.leave();
  };
  for (let started = 0; started < 50; started += 1) {
    await gate.enter();
    void work();
  }
  await gate.idle();
  expect({ inside, most }).toEqual({ inside: 0, most: 3 });
});

it('is idle when nobody ever entered', async () => {
  await expect(createGate(1).idle()).resolves.toBeUndefined();
});

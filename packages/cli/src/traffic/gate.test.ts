import { expect, it } from 'vitest';
import { createGate } from './gate.js';

const never = new AbortController().signal;

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
    await gate.enter(never);
    void work();
  }
  await gate.idle();
  expect({ inside, most }).toEqual({ inside: 0, most: 3 });
});

it('stops waiting for room when it is aborted', async () => {
  const gate = createGate(1);
  await gate.enter(never);
  const controller = new AbortController();
  const waiting = gate.enter(controller.signal);
  controller.abort();
  await expect(waiting).resolves.toBe(false);
  await expect(gate.enter(controller.signal)).resolves.toBe(false);
});

it('is idle when nobody ever entered', async () => {
  await expect(createGate(1).idle()).resolves.toBeUndefined();
});

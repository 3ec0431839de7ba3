import { describe, expect, it, onTestFinished } from 'vitest';
import { runningSimulators, uniqueSeed } from './__fixtures__/running-simulators.js';
import { supervise } from './supervise.js';

const WAIT = { timeout: 20_000, interval: 20 };

const superviseSimulator = async () => {
  const seed = uniqueSeed();
  const events: string[] = [];
  const simulator = await supervise({
    name: 'simulator',
    port: 0,
    argsFor: (port) => ['simulate', '--port', String(port), '--seed', String(seed)],
    onEvent: (text) => events.push(text),
  });
  onTestFinished(() => {
    for (const pid of runningSimulators(seed)) process.kill(pid, 'SIGKILL');
  });
  return { simulator, seed, events };
};

const isAnswering = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );

describe('supervise', () => {
  it('starts a process that was killed again, on the same address', async () => {
    const { simulator, events } = await superviseSimulator();
    const { url } = simulator;
    const pid = simulator.pid();
    expect(await isAnswering(url)).toBe(true);

    process.kill(pid, 'SIGKILL');
    await expect.poll(simulator.restarts, WAIT).toBe(1);

    expect(await isAnswering(url)).toBe(true);
    expect(simulator.pid()).not.toBe(pid);
    expect(events).toEqual([
      `The simulator (pid ${pid}) ended with SIGKILL; starting it again.`,
      `The simulator is back (pid ${simulator.pid()}).`,
    ]);
    await simulator.stop();
    expect(await isAnswering(url)).toBe(false);
  });

  it('stops once, however often it is asked', async () => {
    const { simulator, seed, events } = await superviseSimulator();
    await Promise.all([simulator.stop(), simulator.stop()]);
    await simulator.stop();
    expect(runningSimulators(seed)).toEqual([]);
    expect(events).toEqual([]);
  });

  it.each<
    [string, (state: { seed: number; pid: number; events: string[]; url: string }) => Promise<unknown>]
  >([
    ['at once', () => Promise.resolve()],
    ['in the pause before the restart', ({ events }) => expect.poll(() => events, WAIT).toHaveLength(1)],
    [
      'during the start',
      ({ seed, pid }) =>
        expect.poll(() => runningSimulators(seed).filter((each) => each !== pid), WAIT).toHaveLength(1),
    ],
    [
      'when it begins to answer',
      async ({ events, url }) => {
        await expect.poll(() => events, WAIT).not.toEqual([]);
        await expect.poll(() => isAnswering(url), { ...WAIT, interval: 1 }).toBe(true);
      },
    ],
  ])('stops a process that was killed %s, and leaves none', async (_when, reached) => {
    const { simulator, seed, events } = await superviseSimulator();
    const pid = simulator.pid();
    process.kill(pid, 'SIGKILL');
    await reached({ seed, pid, events, url: simulator.url });
    await simulator.stop();
    expect(runningSimulators(seed)).toEqual([]);
    expect(await isAnswering(simulator.url)).toBe(false);
  });
});

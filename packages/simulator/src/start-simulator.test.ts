import { expect, it, onTestFinished, vi } from 'vitest';
import { type StartSimulatorOptions, startSimulator } from './start-simulator.js';

const start = async (options: StartSimulatorOptions = {}) => {
  const simulator = await startSimulator(options);
  onTestFinished(() => simulator.close());
  return simulator;
};

it('listens on a free port of the loopback address', async () => {
  const { url, port } = await start();
  expect(url).toBe(`http://127.0.0.1:${port}`);
  expect(port).toBeGreaterThan(0);
  const response = await fetch(`${url}/healthz`);
  expect(await response.json()).toEqual({ status: 'ok' });
});

it('names a port that is taken and says what to do', async () => {
  const { port } = await start();
  await expect(startSimulator({ port })).rejects.toMatchObject({
    code: 'simulator-port-taken',
    message: `Port ${port} on 127.0.0.1 is taken. Stop what listens there, or choose another port (0 picks a free one).`,
  });
});

it('names an address that it cannot listen on', async () => {
  // TEST-NET-3 is assigned to no machine.
  await expect(startSimulator({ host: '203.0.113.1' })).rejects.toMatchObject({
    code: 'simulator-listen-failed',
    message: expect.stringContaining('203.0.113.1:0'),
  });
});

it('closes with calls in flight, more than once, and can still be asked for its counts', async () => {
  const { url, stats, close } = await start();
  const hanging = fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'x-simulator-fault': 'hang' },
    body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'hello' }] }),
  }).catch((error: unknown) => error);
  await vi.waitFor(() => expect(stats().total.inFlight).toBe(1));
  await Promise.all([close(), close()]);
  expect(await hanging).toBeInstanceOf(TypeError);
  await vi.waitFor(() => expect(stats().total).toMatchObject({ inFlight: 0, abandoned: 1 }));
  await close();
});

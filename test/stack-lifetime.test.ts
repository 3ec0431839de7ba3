import { describe, expect, it, vi } from 'vitest';
import { apart, startSignalbox, temporaryFolder } from './signalbox-process.js';

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );

const startUp = async () => {
  const up = startSignalbox(['up', ...apart(await temporaryFolder()), '--json']);
  const [line] = await up.waitFor(/^\{.*\}$/m);
  const { otlp, clickhouse } = JSON.parse(line) as { otlp: string; clickhouse: string };
  const urls = [`${otlp}/healthz`, `${clickhouse}/ping`];
  expect(await Promise.all(urls.map(answers))).toEqual([true, true]);
  return { up, urls };
};

describe('signalbox up', () => {
  it('ends everything on SIGTERM, with success', async () => {
    const { up, urls } = await startUp();
    up.child.kill('SIGTERM');
    await expect(up.ended).resolves.toBe(0);
    expect(await Promise.all(urls.map(answers))).toEqual([false, false]);
  });

  it('leaves nothing behind when it is killed', async () => {
    const { up, urls } = await startUp();
    up.child.kill('SIGKILL');
    await vi.waitFor(async () => expect(await Promise.all(urls.map(answers))).toEqual([false, false]), {
      timeout: 20_000,
      interval: 100,
    });
  });
});

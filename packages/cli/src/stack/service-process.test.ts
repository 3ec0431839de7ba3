import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignalboxError } from '@signalbox/spec';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runningSimulators, uniqueSeed } from './__fixtures__/running-simulators.js';
import { startServiceProcess } from './service-process.js';

const simulate = (...more: string[]) => ['simulate', '--port', '0', ...more];

describe('startServiceProcess', () => {
  it('rejects when the system cannot start a process', async () => {
    const { execPath } = process;
    onTestFinished(() => {
      process.execPath = execPath;
    });
    process.execPath = '/nowhere/node';
    await expect(startServiceProcess({ name: 'simulator', args: simulate() })).rejects.toThrow(
      'The process of the simulator cannot be started: spawn /nowhere/node ENOENT.',
    );
  });

  it('rejects and ends the process when it does not say in time where it listens', async () => {
    const seed = uniqueSeed();
    const args = simulate('--seed', String(seed));
    await expect(startServiceProcess({ name: 'simulator', args, deadlineMs: 1 })).rejects.toThrow(
      'The simulator did not start within 1 ms.',
    );
    expect(runningSimulators(seed)).toEqual([]);
  });

  it('rejects and ends the process when it is aborted', async () => {
    const seed = uniqueSeed();
    const controller = new AbortController();
    const { signal } = controller;
    const starting = startServiceProcess({
      name: 'simulator',
      args: simulate('--seed', String(seed)),
      signal,
    });
    controller.abort(new Error('no longer wanted'));
    await expect(starting).rejects.toThrow('no longer wanted');
    expect(runningSimulators(seed)).toEqual([]);
  });

  it.each<[string, (folder: string) => string, object]>([
    [
      'a code of the registry',
      (folder) => join(folder, 'none.yaml'),
      { constructor: SignalboxError, code: 'file-unreadable' },
    ],
    [
      'a code of another package',
      (folder) => join(folder, 'timeline.yaml'),
      { constructor: Error, code: 'simulator-invalid-timeline' },
    ],
  ])('rejects with the error of the process: %s', async (_what, timeline, error) => {
    const folder = mkdtempSync(join(tmpdir(), 'signalbox-service-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'timeline.yaml'), 'incidents: 7');
    const args = simulate('--timeline', timeline(folder));
    await expect(startServiceProcess({ name: 'simulator', args })).rejects.toMatchObject(error);
  });

  it('says how a process ended that gave no error', async () => {
    const environment = { NODE_OPTIONS: '--no-such-option' };
    await expect(startServiceProcess({ name: 'simulator', args: simulate(), environment })).rejects.toThrow(
      /^The simulator ended with code 9 before it was ready:\n.*--no-such-option/s,
    );
  });
});

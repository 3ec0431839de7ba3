import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import { CHAOS } from './chaos-size.js';
import { startChaosStack } from './chaos-stack.js';
import { startLoad } from './load.js';
import { NOTHING_WRONG } from './oracle.js';
import { report } from './report.js';

/** A file system of its own of 24 MiB; `null` where only root may mount one. */
const mountSmallDisk = async (): Promise<string | null> => {
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-disk-'));
  try {
    execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    await rm(folder, { recursive: true });
    return null;
  }
  onTestFinished(async () => {
    execFileSync('/bin/umount', ['-l', folder]);
    await rm(folder, { recursive: true, force: true });
  });
  return folder;
};

it.runIf(CHAOS.isFull)(
  'refuses without loss when the disk is full, and takes more when it is not',
  {
    timeout: 5 * 60_000,
  },
  async ({ skip }) => {
    const disk = await mountSmallDisk();
    if (disk === null) return skip('only root may mount a small disk');
    const logDirectory = join(disk, 'log');
    await mkdir(logDirectory, { mode: 0o700 });
    const stack = await startChaosStack({
      logDirectory,
      log: { maxBytes: 64 * 1024 ** 2, retainMinutes: 1 },
    });
    await stack.clickhouse.stop();
    const load = startLoad({ oracle: stack.oracle, url: () => stack.url, senders: 8, everyMs: 0 });
    await vi.waitFor(() => expect(load.counts.refused).toBeGreaterThan(50), 120_000);
    const atFull = stack.oracle.acknowledged;
    await stack.clickhouse.start();
    await vi.waitFor(() => expect(stack.oracle.acknowledged).toBeGreaterThan(atFull + 1_000), 120_000);
    await sleep(500);
    await load.stop();
    const verdict = await stack.verdict(120_000);
    report('disk full', { acknowledgedAtFull: atFull, ...load.counts, ...verdict });
    expect(verdict).toMatchObject(NOTHING_WRONG);
    expect(load.counts.dropped).toEqual({});
  },
);

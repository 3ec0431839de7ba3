import { execFileSync } from 'node:child_process';
import { statfsSync } from 'node:fs';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { drain, entry, nextBlock, openTestLog, section, testDirectory } from './__fixtures__/test-log.js';

/** Mounts a small file system for a test; says why it cannot. */
const mountTmpfs = (options: string): { directory: string } | { reason: string } => {
  const directory = testDirectory();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `mode=700,${options}`, 'tmpfs', directory], {
      stdio: 'pipe',
    });
  } catch (error) {
    return { reason: `no small file system can be mounted: ${String(error).split('\n')[0]}` };
  }
  onTestFinished(() => {
    execFileSync('umount', ['-l', directory]);
  });
  return { directory };
};

const row = `${'x'.repeat(100_000)}.`;

describe('a log on a small file system', () => {
  it.for<[string, string]>([
    ['bytes', 'size=8m'],
    ['inodes', 'size=64m,nr_inodes=12'],
  ])(
    'refuses requests when the %s are used up, keeps what it took, and frees room by inserting',
    async ([, options], { skip }) => {
      const mounted = mountTmpfs(options);
      if ('reason' in mounted) return skip(mounted.reason);
      const { directory } = mounted;
      const log = await openTestLog({ directory, segmentBytes: 500_000, maintenanceMs: 10, retainMs: 0 });
      const taken: string[] = [];
      const fill = async (): Promise<void> => {
        for (;;) {
          const name = `${taken.length}.`;
          await log.append(entry(name, [section([row, name])]));
          taken.push(name);
        }
      };
      await expect(fill()).rejects.toMatchObject({ code: 'log-full' });
      expect(taken.length).toBeGreaterThan(10);

      const given = (await drain(log)).filter((text) => text !== row);
      expect(given).toEqual(taken);
      await vi.waitFor(() => log.append(entry('after.')), { timeout: 10_000 });
      await log.commit(await nextBlock(log));
      await vi.waitFor(() => expect(log.stats().bytes).toBeLessThan(1_000_000), { timeout: 10_000 });
      const { bsize, bavail } = statfsSync(directory);
      expect(bsize * bavail).toBeGreaterThan(5_000_000);
    },
  );

  it('takes more once its rows are inserted, though it would keep them for an hour', async ({ skip }) => {
    const mounted = mountTmpfs('size=8m');
    if ('reason' in mounted) return skip(mounted.reason);
    const { directory } = mounted;
    const log = await openTestLog({
      directory,
      segmentBytes: 500_000,
      maintenanceMs: 10,
      retainMs: 3_600_000,
    });
    let taken = 0;
    const fill = async (): Promise<void> => {
      for (;;) {
        await log.append(entry(`${taken}.`, [section([row])]));
        taken += 1;
      }
    };
    await expect(fill()).rejects.toMatchObject({ code: 'log-full' });
    await drain(log);
    await vi.waitFor(() => log.append(entry('after.', [section([row])])), { timeout: 10_000 });
    expect(log.stats().removedEarly).toBeGreaterThan(0);
  });
});

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { createFaultyDisk } from './__fixtures__/faulty-disk.js';
import { drain, entry, hashOf, nextBlock, openTestLog, testDirectory } from './__fixtures__/test-log.js';
import type { Disk } from './disk.js';

describe('a log on a failing disk', () => {
  it.each(['ENOSPC', 'EDQUOT'])(
    'refuses requests with log-full at %s, and takes them when there is room',
    async (code) => {
      const { disk, fail } = createFaultyDisk();
      const directory = testDirectory();
      const log = await openTestLog({ directory, disk, maintenanceMs: 10 });
      await log.append(entry('1.'));
      fail('write', code);
      await expect(log.append(entry('2.'))).rejects.toMatchObject({ code: 'log-full' });
      await expect(log.append(entry('3.'))).rejects.toMatchObject({ code: 'log-full' });
      expect(log.stats().refusing).toContain('full');
      expect(log.recall(hashOf('2.'))).toBeNull();
      fail('write', null);
      await vi.waitFor(() => log.append(entry('2.')), { timeout: 5000 });
      expect(await drain(log)).toEqual(['1.', '2.']);
      expect(log.stats().refusing).toBeNull();
    },
  );

  it('writes a batch again to a new segment when a sync fails, and never syncs that file again', async () => {
    const { disk, failOnce, steps } = createFaultyDisk();
    const directory = testDirectory();
    const log = await openTestLog({ directory, disk });
    await log.append(entry('1.'));
    failOnce('sync', 'EIO');
    const before = steps.length;
    await Promise.all([log.append(entry('2.')), log.append(entry('3.'))]);
    const syncs = steps
      .slice(before)
      .filter(({ step }) => step === 'sync')
      .map(({ path }) => path);
    const [failed, ...later] = syncs;
    expect(later.length).toBeGreaterThan(0);
    expect(later).not.toContain(failed);
    await log.close();
    const again = await openTestLog({ directory });
    expect(await drain(again)).toEqual(['1.', '2.', '3.']);
    expect(again.stats().recovered).toMatchObject({ damagedBytes: 0, missingRecords: 0, missingSegments: 0 });
  });

  it('does not give what a failed segment holds behind its end, even where it cannot be cut off', async () => {
    const { disk, fail } = createFaultyDisk();
    const directory = testDirectory();
    const log = await openTestLog({ directory, disk });
    await log.append(entry('1.'));
    fail('sync', 'EIO');
    fail('truncate', 'EIO');
    await expect(log.append(entry('2.', ['unacknowledged.']))).rejects.toMatchObject({ code: 'log-failed' });
    fail('sync', null);
    await vi.waitFor(() => log.append(entry('3.')), { timeout: 5000 });
    await log.close();
    expect(await drain(await openTestLog({ directory }))).toEqual(['1.', '3.']);
  });

  it.each(['create', 'write', 'sync', 'syncDirectory'] as const)(
    'refuses requests while %s fails, and recovers',
    async (step) => {
      const { disk, fail } = createFaultyDisk();
      const directory = testDirectory();
      const log = await openTestLog({ directory, disk });
      fail(step, 'EROFS');
      await expect(log.append(entry('1.'))).rejects.toMatchObject({ code: 'log-failed' });
      fail(step, null);
      await vi.waitFor(() => log.append(entry('1.')), { timeout: 5000 });
      await log.close();
      const again = await openTestLog({ directory });
      expect(await drain(again)).toEqual(['1.']);
      expect(again.stats().recovered).toMatchObject({ missingRecords: 0, missingSegments: 0 });
    },
  );

  it('keeps the end of a block until the disk takes it', async () => {
    const { disk, fail } = createFaultyDisk();
    const log = await openTestLog({ directory: testDirectory(), disk });
    await log.append(entry('1.'));
    const block = await nextBlock(log);
    fail('sync', 'EIO');
    const committed = log.commit(block);
    await vi.waitFor(() => expect(log.stats().refusing).not.toBeNull());
    expect(log.stats().openRows).toBe(1);
    fail('sync', null);
    await committed;
    expect(log.stats().openRows).toBe(0);
  });

  it('frees its reserve to record the end of a block on a full disk', async () => {
    const { disk, fail, failOnce, steps } = createFaultyDisk();
    const directory = testDirectory();
    const log = await openTestLog({ directory, disk, maintenanceMs: 10 });
    await log.append(entry('1.'));
    const block = await nextBlock(log);
    failOnce('write', 'ENOSPC');
    fail('truncate', 'EIO');
    await log.commit(block);
    expect(steps.some(({ step, path }) => step === 'unlink' && path.endsWith('reserve'))).toBe(true);
    await vi.waitFor(() => log.append(entry('2.')), { timeout: 5000 });
    expect(await drain(log)).toEqual(['2.']);
  });

  it('gives up the end of a block when it is closed while the disk fails: the block comes again', async () => {
    const { disk, fail } = createFaultyDisk();
    const directory = testDirectory();
    const log = await openTestLog({ directory, disk });
    await log.append(entry('1.'));
    const block = await nextBlock(log);
    fail('write', 'EIO');
    const committed = expect(log.commit(block)).rejects.toMatchObject({ code: 'log-failed' });
    await log.close();
    await committed;
    expect((await nextBlock(await openTestLog({ directory }))).id).toEqual(block.id);
  });

  it('syncs what a killed process left before it counts, and opens only where that works', async () => {
    const directory = testDirectory();
    const before = await openTestLog({ directory, segmentBytes: 1 });
    for (const name of ['1.', '2.']) await before.append(entry(name));
    await before.close();
    const { disk, fail, steps } = createFaultyDisk();
    fail('syncFile', 'EIO');
    await expect(openTestLog({ directory, disk })).rejects.toMatchObject({ code: 'log-failed' });
    fail('syncFile', null);
    const log = await openTestLog({ directory, disk });
    const last = readdirSync(directory)
      .filter((name) => name.endsWith('.segment'))
      .at(-1);
    expect(steps[1]).toEqual({ step: 'syncFile', path: join(directory, String(last)) });
    expect(log.recall(hashOf('2.'))).not.toBeNull();
  });

  it('takes thousands of requests at once, and refuses what does not fit beside those that wait', async () => {
    const { disk } = createFaultyDisk();
    const synced = Promise.withResolvers<void>();
    const slow: Disk = {
      ...disk,
      create: async (path) => {
        const file = await disk.create(path);
        return {
          ...file,
          sync: () => (path.endsWith('reserve') ? file.sync() : synced.promise.then(file.sync)),
        };
      },
    };
    const log = await openTestLog({ directory: testDirectory(), disk: slow, maxQueuedBytes: 1_000_000 });
    const names = Array.from({ length: 3000 }, (_name, index) => `${index}.`);
    const taken = names.map((name) => log.append(entry(name)));
    const large = entry('more', ['x'.repeat(900_000)]);
    await expect(log.append(large)).rejects.toMatchObject({ code: 'log-full' });
    synced.resolve();
    await Promise.all(taken);
    expect(await drain(log)).toEqual(names);
  });
});

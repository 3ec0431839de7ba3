import { readdirSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { createFaultyDisk } from './__fixtures__/faulty-disk.js';
import {
  drain,
  entry,
  hashOf,
  nextBlock,
  openTestLog,
  rowsOf,
  testDirectory,
} from './__fixtures__/test-log.js';
import type { WriteAheadLog } from './open-log.js';

const countSegments = (directory: string): number =>
  readdirSync(directory).filter((name) => name.endsWith('.segment')).length;

/** Every write opens a segment. */
const tiny = { segmentBytes: 1, maintenanceMs: 10 };

describe('the removal of segments', () => {
  it('waits until all their blocks are committed and the retained time is over', async () => {
    let now = Date.now();
    const directory = testDirectory();
    const log = await openTestLog({ directory, ...tiny, retainMs: 60_000, epochMs: () => now });
    await log.append(entry('1.'));
    await log.append(entry('2.'));
    const first = await nextBlock(log);
    expect(await rowsOf(first)).toEqual(['1.', '2.']);
    await log.append(entry('3.'));
    const second = await nextBlock(log);
    await log.commit(second);
    now += 120_000;
    await log.append(entry('4.'));
    await log.commit(await nextBlock(log));
    expect(countSegments(directory)).toBe(9);
    await log.commit(first);
    await vi.waitFor(() => expect(countSegments(directory)).toBeLessThan(9));
    expect(log.stats()).toMatchObject({ openRows: 0, removedEarly: 0 });
  });

  it('goes on from the oldest, each on disk before the next', async () => {
    const { disk, steps } = createFaultyDisk();
    const directory = testDirectory();
    const log = await openTestLog({ directory, disk, ...tiny, retainMs: -1 });
    for (const name of ['1.', '2.', '3.']) await log.append(entry(name));
    await log.commit(await nextBlock(log));
    await vi.waitFor(() => expect(countSegments(directory)).toBe(0));
    const removals = steps.filter(({ step, path }, index) => {
      const follows = steps[index - 1]?.step === 'unlink' && step === 'syncDirectory';
      return follows || (step === 'unlink' && path.endsWith('.segment'));
    });
    expect(removals.map(({ step }) => step)).toEqual(
      Array.from({ length: removals.length / 2 }, () => ['unlink', 'syncDirectory']).flat(),
    );
    const removed = removals.filter(({ step }) => step === 'unlink').map(({ path }) => path);
    expect(removed).toEqual([...removed].sort());
    expect(removed).toHaveLength(5);
  });

  it('does not count the time that the log was closed', async () => {
    let now = Date.now();
    const options = { directory: testDirectory(), ...tiny, retainMs: 1000, epochMs: () => now };
    const log = await openTestLog(options);
    await log.append(entry('1.'));
    const { id } = await nextBlock(log);
    await log.close();
    now += 3_600_000;
    const again = await openTestLog(options);
    await again.commit(await nextBlock(again));
    await vi.waitFor(() => expect(again.stats().openRows).toBe(0));
    const committed = await Array.fromAsync(again.committed());
    expect(committed.map((block) => block.id)).toEqual([id]);
    now += 2000;
    await vi.waitFor(async () => expect(await Array.fromAsync(again.committed())).toEqual([]));
  });

  it('leaves nothing of a log at rest', async () => {
    let now = Date.now();
    const directory = testDirectory();
    const log = await openTestLog({ directory, maintenanceMs: 10, retainMs: 1000, epochMs: () => now });
    await log.append(entry('1.'));
    await log.commit(await nextBlock(log));
    expect(countSegments(directory)).toBe(1);
    now += 2000;
    await vi.waitFor(() => expect(countSegments(directory)).toBe(0));
    await log.append(entry('2.'));
    expect(await drain(log)).toEqual(['2.']);
  });

  it('tells that the log refuses as long as there is no room for what was refused last', async () => {
    const log = await openTestLog({ directory: testDirectory(), maxBytes: 4000, segmentBytes: 1 });
    await log.append(entry('first', [`${'x'.repeat(2000)}.`]));
    const second = entry('second', [`${'y'.repeat(2000)}.`]);
    await expect(log.append(second)).rejects.toMatchObject({ code: 'log-full' });
    expect(log.stats()).toMatchObject({ refusing: expect.stringContaining('4000 bytes') });
    await log.append(entry('small.'));
    expect(log.stats().refusing).not.toBeNull();
    await log.commit(await nextBlock(log));
    expect(log.stats().refusing).toBeNull();
    await log.append(second);
  });

  it('makes room for requests at the quota, before the retained time is over', async () => {
    const directory = testDirectory();
    const log = await openTestLog({ directory, maxBytes: 4000, segmentBytes: 1 });
    for (let index = 0; index < 50; index += 1) {
      await log.append(entry(`${index}.`));
      await log.commit(await nextBlock(log));
      expect(log.stats().bytes).toBeLessThan(5000);
    }
    expect(log.stats().removedEarly).toBeGreaterThan(0);
    expect(await log.recall(hashOf('0.'))).not.toBeNull();
  });

  it('refuses requests at the quota while nothing is committed, and drops nothing', async () => {
    const log = await openTestLog({ directory: testDirectory(), maxBytes: 4000, segmentBytes: 1 });
    const taken: string[] = [];
    const fill = async (): Promise<void> => {
      for (;;) {
        await log.append(entry(`${taken.length}.`));
        taken.push(`${taken.length}.`);
      }
    };
    await expect(fill()).rejects.toMatchObject({
      code: 'log-full',
      message: expect.stringContaining('4000 bytes'),
    });
    expect(taken.length).toBeGreaterThan(3);
    expect(await drain(log)).toEqual(taken);
    await log.append(entry('after.'));
  });

  it('tells of committed blocks only while all their segments are there, also after it was opened again', async () => {
    let now = Date.now();
    const options = { directory: testDirectory(), ...tiny, retainMs: 1000, epochMs: () => now };
    const log = await openTestLog(options);
    const committedRows = async (from: WriteAheadLog): Promise<string[]> => {
      const rows = [];
      for await (const block of from.committed()) rows.push(...(await rowsOf(block)));
      return rows;
    };
    await log.append(entry('1.'));
    // The plan of the first block, and its end, lie in segments that stay.
    now += 2000;
    await log.commit(await nextBlock(log));
    await log.append(entry('2.'));
    await log.commit(await nextBlock(log));
    await vi.waitFor(async () => expect(await committedRows(log)).toEqual(['2.']));
    await log.close();
    const again = await openTestLog({ ...options, retainMs: 60_000 });
    expect(await committedRows(again)).toEqual(['2.']);
    expect(again.stats()).toMatchObject({ openRows: 0, lostRows: 0 });
  });
});

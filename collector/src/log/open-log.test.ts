import { mkdirSync, readdirSync, renameSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import {
  drain,
  entry,
  hashOf,
  nextBlock,
  openTestLog,
  rowsOf,
  section,
  testDirectory,
} from './__fixtures__/test-log.js';

describe('a write-ahead log', () => {
  it('gives the rows of requests in their order, in one block', async () => {
    const log = await openTestLog({ directory: testDirectory() });
    await log.append(entry('a', ['1.', '2.']));
    await log.append(entry('b', ['3.']));
    const block = await nextBlock(log);
    expect(await rowsOf(block)).toEqual(['1.', '2.', '3.']);
    expect(block).toMatchObject({ table: 'otel_traces', day: 20_000, rows: 3, layout: 1 });
    expect(log.stats()).toMatchObject({ openRows: 3, blocks: { waiting: 0, outstanding: 1, committed: 0 } });
    await log.commit(block);
    expect(log.stats()).toMatchObject({ openRows: 0, blocks: { waiting: 0, outstanding: 0, committed: 1 } });
  });

  it('gives the same bytes at every read, also after it was opened again', async () => {
    const directory = testDirectory();
    const log = await openTestLog({ directory });
    await log.append(entry('a', ['1.', '2.']));
    const block = await nextBlock(log);
    const bytes = await block.read();
    expect(await block.read()).toEqual(bytes);
    await log.close();
    const again = await nextBlock(await openTestLog({ directory }));
    expect(again.id).toEqual(block.id);
    expect(await again.read()).toEqual(bytes);
  });

  it('keeps tables and days apart', async () => {
    const log = await openTestLog({ directory: testDirectory() });
    const sections = [
      section(['1.']),
      section(['2.'], { day: 20_001 }),
      section(['3.'], { table: 'otel_logs' }),
    ];
    await log.append(entry('a', sections));
    await log.append(entry('b', ['4.']));
    const blocks = [await nextBlock(log), await nextBlock(log), await nextBlock(log)];
    const rows = await Promise.all(blocks.map(rowsOf));
    expect(blocks.map(({ table, day }, index) => [table, day, rows[index]])).toEqual([
      ['otel_traces', 20_000, ['1.', '4.']],
      ['otel_traces', 20_001, ['2.']],
      ['otel_logs', 20_000, ['3.']],
    ]);
  });

  it('recalls the answer of an identical request, also after it was opened again', async () => {
    const directory = testDirectory();
    const log = await openTestLog({ directory });
    expect(log.recall(hashOf('a'))).toBeNull();
    await log.append(entry('a', ['1.'], { rejected: 2, message: 'two were bad' }));
    await log.append(entry('b', []));
    await log.close();
    const again = await openTestLog({ directory });
    expect(await again.recall(hashOf('a'))).toEqual({ rejected: 2, message: 'two were bad' });
    expect(await again.recall(hashOf('b'))).toEqual({ rejected: 0, message: '' });
    expect(again.recall(hashOf('c'))).toBeNull();
  });

  it('stores identical requests at the same time once', async () => {
    const log = await openTestLog({ directory: testDirectory() });
    await Promise.all(Array.from({ length: 16 }, () => log.append(entry('a', ['1.']))));
    expect(await drain(log)).toEqual(['1.']);
  });

  it('forgets a request after the retained time', async () => {
    let now = Date.now();
    const log = await openTestLog({ directory: testDirectory(), retainMs: 1000, epochMs: () => now });
    await log.append(entry('a', ['1.']));
    now += 2000;
    await log.append(entry('b', ['2.']));
    expect(log.recall(hashOf('a'))).toBeNull();
    expect(log.recall(hashOf('b'))).not.toBeNull();
  });

  it('recognises a request however long the log was closed, for the retained time from then on', async () => {
    let now = Date.now();
    const options = { directory: testDirectory(), retainMs: 1000, epochMs: () => now };
    const log = await openTestLog(options);
    await log.append(entry('a', ['1.']));
    await log.close();
    now += 3_600_000;
    const again = await openTestLog(options);
    expect(again.recall(hashOf('a'))).not.toBeNull();
    now += 2000;
    await again.append(entry('b', ['2.']));
    expect(again.recall(hashOf('a'))).toBeNull();
  });

  it('does not give committed blocks again, and gives the others, after it was opened again', async () => {
    const directory = testDirectory();
    const log = await openTestLog({ directory });
    await log.append(entry('a', ['1.']));
    await log.commit(await nextBlock(log));
    await log.append(entry('b', ['2.']));
    await nextBlock(log);
    await log.append(entry('c', ['3.']));
    await log.close();
    const again = await openTestLog({ directory });
    expect(await rowsOf(await nextBlock(again))).toEqual(['2.']);
    expect(await rowsOf(await nextBlock(again))).toEqual(['3.']);
    expect(again.stats()).toMatchObject({ openRows: 2, recovered: { damagedBytes: 0, missingRecords: 0 } });
  });

  it('cuts blocks at their largest size, also within a request', async () => {
    const log = await openTestLog({ directory: testDirectory(), blockRows: 3 });
    await log.append(entry('a', ['1.', '2.']));
    await log.append(entry('b', ['3.', '4.']));
    await log.append(entry('c', ['5.', '6.', '7.', '8.']));
    const blocks = [];
    while (log.stats().openRows > 0) {
      const block = await nextBlock(log);
      blocks.push(await rowsOf(block));
      await log.commit(block);
    }
    expect(blocks).toEqual([['1.', '2.'], ['3.', '4.'], ['5.', '6.', '7.'], ['8.']]);
  });

  it('waits for rows until their block is full or they are old', async () => {
    const log = await openTestLog({ directory: testDirectory(), blockRows: 2, blockAgeMs: 60_000 });
    await log.append(entry('a', ['1.']));
    const next = nextBlock(log);
    expect(await Promise.race([next, sleep(20, 'nothing')])).toBe('nothing');
    await log.append(entry('b', ['2.']));
    expect(await rowsOf(await next)).toEqual(['1.', '2.']);
  });

  it('ends a wait for a block when the signal is aborted and when the log is closed', async () => {
    const log = await openTestLog({ directory: testDirectory() });
    const abort = new AbortController();
    const aborted = log.next(abort.signal);
    const closed = log.next();
    abort.abort();
    expect(await aborted).toBeNull();
    await log.close();
    expect(await closed).toBeNull();
  });

  it('replaces a block by parts of it', async () => {
    const directory = testDirectory();
    const log = await openTestLog({ directory });
    await log.append(entry('a', ['1.', '2.']));
    await log.append(entry('b', ['3.', '4.']));
    const block = await nextBlock(log);
    await log.split(block, [
      { first: 0, rows: 3 },
      { first: 3, rows: 1 },
    ]);
    await log.close();
    const again = await openTestLog({ directory });
    const parts = [await nextBlock(again), await nextBlock(again)];
    expect(await Promise.all(parts.map(rowsOf))).toEqual([['1.', '2.', '3.'], ['4.']]);
    expect(again.stats().openRows).toBe(4);
    for (const part of parts) await again.commit(part);
    expect(again.stats().openRows).toBe(0);
  });

  it.each([
    ['leave rows out', [{ first: 0, rows: 1 }]],
    [
      'overlap',
      [
        { first: 0, rows: 2 },
        { first: 1, rows: 1 },
      ],
    ],
    [
      'are empty',
      [
        { first: 0, rows: 0 },
        { first: 0, rows: 2 },
      ],
    ],
    ['go beyond the end', [{ first: 0, rows: 3 }]],
  ])('refuses to split where ranges %s', async (_what, ranges) => {
    const log = await openTestLog({ directory: testDirectory() });
    await log.append(entry('a', ['1.', '2.']));
    await expect(log.split(await nextBlock(log), ranges)).rejects.toThrow(RangeError);
  });

  it('gives committed blocks, newest first', async () => {
    const directory = testDirectory();
    const log = await openTestLog({ directory });
    for (const name of ['1.', '2.', '3.']) {
      await log.append(entry(name));
      await log.commit(await nextBlock(log));
    }
    await log.close();
    const again = await openTestLog({ directory });
    const rows = [];
    for await (const block of again.committed()) rows.push(...(await rowsOf(block)));
    expect(rows).toEqual(['3.', '2.', '1.']);
  });

  it('refuses a section whose rows do not add up', async () => {
    const log = await openTestLog({ directory: testDirectory() });
    const wrong = { ...section(['1.']), rows: 2 };
    await expect(log.append(entry('a', [wrong]))).rejects.toThrow('says 2 rows and holds 1');
  });

  it('makes blocks ahead when nobody asks for them, and gives them in their order', async () => {
    const log = await openTestLog({ directory: testDirectory(), maxWaitingRuns: 10, blockAgeMs: 3_600_000 });
    const names = Array.from({ length: 35 }, (_name, index) => `${index}.`);
    for (const name of names) await log.append(entry(name));
    await vi.waitFor(() => expect(log.stats().blocks.waiting).toBe(3));
    const rows = [await nextBlock(log), await nextBlock(log), await nextBlock(log)].map(rowsOf);
    expect((await Promise.all(rows)).flat()).toEqual(names.slice(0, 33));
  });

  it('gives a block again that the system could not read', async () => {
    const directory = testDirectory();
    const log = await openTestLog({ directory });
    await log.append(entry('1.'));
    const block = await nextBlock(log);
    const bytes = await block.read();
    const segment = join(directory, readdirSync(directory).find((name) => name.endsWith('.segment')) ?? '');
    renameSync(segment, `${segment}.away`);
    mkdirSync(segment);
    await expect(block.read()).rejects.toThrow('EISDIR');
    rmdirSync(segment);
    renameSync(`${segment}.away`, segment);
    const again = await nextBlock(log);
    expect(await again.read()).toEqual(bytes);
    expect(log.stats().lostRows).toBe(0);
  });
});

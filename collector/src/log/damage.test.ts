import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createBufferPool } from '../buffer-pool.js';
import {
  drain,
  entry,
  hashOf,
  hastyDisk,
  nextBlock,
  openTestLog,
  rowsOf,
  testDirectory,
} from './__fixtures__/test-log.js';
import { createBodyIndex } from './body-index.js';
import { createLedger } from './ledger.js';
import { readRuns } from './read-runs.js';
import { encodeFrame, MAGIC, saltOf } from './record.js';
import { recoverLog } from './recover.js';

const openHastily = ({ directory }: { directory: string }) => openTestLog({ directory, disk: hastyDisk });

const segmentsOf = (directory: string): string[] =>
  readdirSync(directory)
    .filter((name) => name.endsWith('.segment'))
    .sort()
    .map((name) => join(directory, name));

const onlySegment = (directory: string): string => {
  const [segment = '', ...others] = segmentsOf(directory);
  expect(others).toEqual([]);
  return segment;
};

/** A log of these requests, closed. Says how large its segment was after each. */
const writeLog = async (names: readonly string[]): Promise<{ directory: string; sizes: number[] }> => {
  const directory = testDirectory();
  const log = await openHastily({ directory });
  const sizes: number[] = [];
  for (const name of names) {
    await log.append(entry(name));
    sizes.push(log.stats().bytes);
  }
  await log.close();
  return { directory, sizes };
};

/** A directory with a copy of the segments of another. */
const copyOf = (directory: string): string => {
  const copy = join(testDirectory(), 'log');
  mkdirSync(copy, { mode: 0o700 });
  for (const path of segmentsOf(directory)) copyFileSync(path, join(copy, path.slice(directory.length + 1)));
  return copy;
};

/** Opens a log, gives its rows, and closes it. */
const readLog = async (directory: string) => {
  const log = await openHastily({ directory });
  const rows = await drain(log);
  const stats = log.stats();
  await log.close();
  return { rows, stats };
};

/** The rows that a log finds when it is opened, and what it says about them. Quicker than opening it. */
const recoverRows = async (directory: string) => {
  const ledger = createLedger();
  const bodyIndex = createBodyIndex({ retainMs: 60_000, maxEntries: 100, epochMs: Date.now });
  const { segments, report } = await recoverLog({ directory, ledger, bodyIndex });
  const [group] = ledger.groups();
  const { bytes } = await readRuns([...(group?.runs.values() ?? [])], {
    pathOf: (segment) => segments.get(segment)?.path ?? null,
    buffers: createBufferPool({ maxBytes: 0 }),
  });
  // Every row is as long as its name.
  const rows = Array.from({ length: bytes.byteLength / 6 }, (_row, index) =>
    toText(bytes, index * 6 + 4, index * 6 + 6),
  );
  return { rows, report };
};

const toText = (bytes: Uint8Array, from: number, to: number): string =>
  Buffer.from(bytes).toString('utf8', from, to);

const patch = (path: string, offset: number, bytes: Uint8Array): void => {
  const content = readFileSync(path);
  content.set(bytes, offset);
  writeFileSync(path, content);
};

describe('a damaged log', () => {
  it('gives every complete record when its end is torn at any byte', async () => {
    const { directory, sizes } = await writeLog(['1.', '2.', '3.']);
    const [, start = 0, end = 0] = sizes;
    const segment = onlySegment(directory);
    for (let size = end - 1; size >= start; size -= 1) {
      truncateSync(segment, size);
      const { rows, report } = await recoverRows(directory);
      expect({ rows, ...report }).toMatchObject({
        rows: ['1.', '2.'],
        damagedBytes: size - start,
        missingRecords: 0,
      });
    }
  });

  it('takes more after its end was torn', async () => {
    const { directory, sizes } = await writeLog(['1.', '2.']);
    truncateSync(onlySegment(directory), (sizes[1] ?? 0) - 1);
    const log = await openHastily({ directory });
    expect(log.recall(hashOf('2.'))).toBeNull();
    await log.append(entry('2.', ['again.']));
    expect(await drain(log)).toEqual(['1.', 'again.']);
    await log.close();
    // What was torn lies behind the end that the next segment tells.
    const { rows, stats } = await readLog(directory);
    expect({ rows, ...stats.recovered }).toMatchObject({ rows: [], damagedBytes: 0, missingRecords: 0 });
  });

  it('passes over a record in which any bit is flipped, and gives the others', async () => {
    const names = ['1.', '2.', '3.'];
    const { directory, sizes } = await writeLog(names);
    const segment = onlySegment(directory);
    const intact = readFileSync(segment);
    const headerBytes = intact.indexOf(MAGIC, MAGIC.byteLength);
    for (let offset = 0; offset < intact.byteLength; offset += 1) {
      const flipped = Uint8Array.from(intact);
      flipped[offset] = (flipped[offset] ?? 0) ^ (1 << (offset % 8));
      writeFileSync(segment, flipped);
      const { rows, report } = await recoverRows(directory);
      const hit = offset < headerBytes ? null : sizes.findIndex((size) => offset < size);
      expect(rows, `byte ${offset}`).toEqual(names.filter((_name, index) => index !== hit));
      expect(report.damagedBytes).toBeGreaterThan(0);
    }
  });

  it('notices flipped bits in the rows of a sealed segment when they are read', async () => {
    const { directory, sizes } = await writeLog(['1.', '2.', '3.']);
    await (await openHastily({ directory })).append(entry('4.'));
    const [sealed = ''] = segmentsOf(directory);
    const copy = copyOf(directory);
    patch(join(copy, sealed.slice(directory.length + 1)), (sizes[1] ?? 0) - 1, Buffer.from('!'));
    const { rows, stats } = await readLog(copy);
    expect(rows).toEqual(['1.', '3.', '4.']);
    expect(stats).toMatchObject({ lostRows: 1, openRows: 0 });
  });

  it.each([
    ['zeroes', Buffer.alloc(4096)],
    ['noise', Buffer.from('SBXL'.repeat(1024))],
  ])('takes %s after the last record as its end', async (_what, tail) => {
    const { directory } = await writeLog(['1.', '2.']);
    appendFileSync(onlySegment(directory), tail);
    const { rows, stats } = await readLog(directory);
    expect(rows).toEqual(['1.', '2.']);
    expect(stats.recovered.damagedBytes).toBe(tail.byteLength);
  });

  it.each([0, 1, 0x7fffffff, 0xffffffff])('passes over a record whose lengths are %i', async (length) => {
    const { directory, sizes } = await writeLog(['1.', '2.', '3.']);
    const lengths = Buffer.alloc(8);
    lengths.writeUInt32LE(length, 0);
    lengths.writeUInt32LE(length, 4);
    patch(onlySegment(directory), (sizes[0] ?? 0) + 8, lengths);
    const { rows } = await readLog(directory);
    expect(rows).toEqual(['1.', '3.']);
  });

  it('does not take a record out of a row', async () => {
    const { directory } = await writeLog(['1.']);
    const stolen = readFileSync(onlySegment(directory)).subarray(0);
    const other = testDirectory();
    const log = await openHastily({ directory: other });
    await log.append(entry('a', [`${stolen.toString('latin1')}.`]));
    await log.close();
    const segment = onlySegment(other);
    patch(segment, readFileSync(segment).indexOf('"bodyHash"'), Buffer.from('!'));
    expect((await readLog(other)).rows).toEqual([]);
  });

  it('counts what is missing when a segment is gone, and gives the others', async () => {
    const directory = testDirectory();
    for (const name of ['1.', '2.', '3.']) {
      const log = await openHastily({ directory });
      await log.append(entry(name));
      await log.close();
    }
    const [, second = ''] = segmentsOf(directory);
    renameSync(second, join(testDirectory(), 'gone'));
    const { rows, stats } = await readLog(directory);
    expect(rows).toEqual(['1.', '3.']);
    // A segment's first record says which segment it is.
    expect(stats.recovered).toMatchObject({ missingSegments: 1, missingRecords: 2 });
  });

  it('puts a copy of a segment aside', async () => {
    const { directory } = await writeLog(['1.']);
    const segment = onlySegment(directory);
    copyFileSync(segment, segment.replace('000001-', '000007-'));
    const { rows, stats } = await readLog(directory);
    expect(rows).toEqual(['1.']);
    expect(stats.recovered).toMatchObject({ foreignFiles: 1, missingSegments: 0 });
    expect(readdirSync(join(directory, 'quarantine'))).toHaveLength(1);
  });

  it('keeps damaged bytes in the quarantine', async () => {
    const { directory } = await writeLog(['1.']);
    appendFileSync(onlySegment(directory), 'what is this?');
    await readLog(directory);
    const [kept = ''] = readdirSync(join(directory, 'quarantine'));
    expect(readFileSync(join(directory, 'quarantine', kept), 'utf8')).toBe('what is this?');
  });

  it('gives the whole rest of a block of which a part is damaged, in another block', async () => {
    const { directory, sizes } = await writeLog(['1.', '2.', '3.']);
    const log = await openHastily({ directory });
    const planned = await nextBlock(log);
    await log.close();
    const [first = ''] = segmentsOf(directory);
    patch(first, (sizes[1] ?? 0) - 1, Buffer.from('!'));
    const again = await openHastily({ directory });
    const block = await nextBlock(again);
    expect(block.id).toEqual(planned.id);
    const reads = await Promise.allSettled([block.read(), block.read()]);
    expect(reads.map((read) => read.status === 'rejected' && read.reason.code)).toEqual([
      'log-failed',
      'log-failed',
    ]);
    const rest = await nextBlock(again);
    expect(rest.id).not.toEqual(block.id);
    expect(await rowsOf(rest)).toEqual(['1.', '3.']);
    expect(again.stats()).toMatchObject({ lostRows: 1, openRows: 2 });
  });

  it('gives the rest of a block whose oldest segment is gone', async () => {
    const directory = testDirectory();
    for (const name of ['1.', '2.']) {
      const log = await openHastily({ directory });
      await log.append(entry(name));
      await log.close();
    }
    const log = await openHastily({ directory });
    expect(await rowsOf(await nextBlock(log))).toEqual(['1.', '2.']);
    await log.close();
    rmSync(segmentsOf(directory)[0] ?? '');
    const again = await openHastily({ directory });
    await expect((await nextBlock(again)).read()).rejects.toMatchObject({ code: 'log-failed' });
    expect(await rowsOf(await nextBlock(again))).toEqual(['2.']);
    expect(again.stats()).toMatchObject({ lostRows: 1, openRows: 1 });
  });

  it('refuses a log of a newer format, and leaves it as it is', async () => {
    const { directory, sizes } = await writeLog(['1.', '2.']);
    const segment = onlySegment(directory);
    const epoch = segment.slice(-44, -8);
    const frame = encodeFrame(
      { type: 2, head: Buffer.from('{}'), bodyBytes: 0, seq: 9, version: 2 },
      saltOf(epoch),
    );
    appendFileSync(segment, frame);
    await expect(openHastily({ directory })).rejects.toThrow(
      'it is of format 2, and this Signalbox reads up to 1',
    );
    expect(readFileSync(segment).byteLength).toBe((sizes[1] ?? 0) + frame.byteLength);
  });

  it('refuses a directory with the segments of two logs', async () => {
    const [one, other] = [await writeLog(['1.']), await writeLog(['2.'])];
    const stranger = onlySegment(other.directory);
    copyFileSync(stranger, join(one.directory, stranger.slice(other.directory.length + 1)));
    await expect(openHastily({ directory: one.directory })).rejects.toThrow('it holds segments of two logs');
  });

  it('has another epoch after its directory was emptied', async () => {
    const [one, other] = [await writeLog(['1.']), await writeLog(['1.'])];
    const [first, second] = [await openHastily(one), await openHastily(other)];
    expect((await nextBlock(first)).id).not.toEqual((await nextBlock(second)).id);
  });
});

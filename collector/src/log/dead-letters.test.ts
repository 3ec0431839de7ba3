import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { drain, entry, nextBlock, openTestLog, rowsOf, testDirectory } from './__fixtures__/test-log.js';
import { openDeadLetters } from './dead-letters.js';

describe('dead letters', () => {
  it('hold the rows of a parked block with the reason, and no longer its segment', async () => {
    const directory = testDirectory();
    const log = await openTestLog({ directory, epochMs: () => 1_700_000_000_000 });
    await log.append(entry('a', ['1.', '2.']));
    const block = await nextBlock(log);
    await log.park(block, 'Cannot parse the value');
    expect(log.stats()).toMatchObject({ openRows: 0, blocks: { waiting: 0, outstanding: 0, committed: 0 } });
    expect(log.stats().deadLetterBytes).toBeGreaterThan(0);
    expect(await openDeadLetters(directory).list()).toEqual([
      {
        id: Buffer.from(block.id).toString('hex'),
        table: 'otel_traces',
        day: 20_000,
        rows: 2,
        bytes: 12,
        reason: 'Cannot parse the value',
        parkedAt: 1_700_000_000_000,
        isReplaying: false,
      },
    ]);
    await log.close();
    expect(await drain(await openTestLog({ directory }))).toEqual([]);
  });

  it('are none where there is no log', async () => {
    expect(await openDeadLetters(join(testDirectory(), 'nothing')).list()).toEqual([]);
  });

  it.each([true, false])(
    'come again, in a block of their own, after a replay (log open: %s)',
    async (isOpen) => {
      const directory = testDirectory();
      const log = await openTestLog({ directory, maintenanceMs: 10 });
      await log.append(entry('a', ['1.', '2.']));
      const parked = await nextBlock(log);
      await log.park(parked, 'bad');
      if (!isOpen) await log.close();
      const letters = openDeadLetters(directory);
      const [letter] = await letters.list();
      await letters.replay(letter?.id ?? '');
      const open = isOpen ? log : await openTestLog({ directory, maintenanceMs: 10 });
      const block = await nextBlock(open);
      expect(await rowsOf(block)).toEqual(['1.', '2.']);
      expect(block.id).not.toEqual(parked.id);
      await vi.waitFor(async () => expect(await letters.list()).toEqual([]));
      expect(open.stats().openRows).toBe(2);
    },
  );

  it('are taken once when the file is still there after a crash', async () => {
    const directory = testDirectory();
    const log = await openTestLog({ directory, maintenanceMs: 10 });
    await log.append(entry('a', ['1.']));
    await log.park(await nextBlock(log), 'bad');
    const letters = openDeadLetters(directory);
    const [letter] = await letters.list();
    const path = join(directory, 'dead-letters', `${letter?.id}.rows`);
    const file = readFileSync(path);
    await letters.replay(letter?.id ?? '');
    await vi.waitFor(async () => expect(await letters.list()).toEqual([]));
    writeFileSync(path.replace('.rows', '.replay'), file);
    await vi.waitFor(async () => expect(await letters.list()).toEqual([]));
    expect(await drain(log)).toEqual(['1.']);
  });

  it.each(['.rows', '.replay'])(
    'do not make rows come twice when a kill came before the log noted them (file: %s)',
    async (suffix) => {
      const directory = testDirectory();
      const log = await openTestLog({ directory });
      await log.append(entry('a', ['1.']));
      const block = await nextBlock(log);
      const killed = join(testDirectory(), 'log');
      cpSync(directory, killed, { recursive: true, filter: (path) => !path.endsWith('lock') });
      await log.park(block, 'bad');
      const id = Buffer.from(block.id).toString('hex');
      const letter = join('dead-letters', id);
      mkdirSync(join(killed, 'dead-letters'));
      cpSync(join(directory, `${letter}.rows`), join(killed, `${letter}${suffix}`));
      const again = await openTestLog({ directory: killed, maintenanceMs: 10 });
      expect(await openDeadLetters(killed).list()).toEqual([]);
      expect(again.stats().deadLetterBytes).toBe(0);
      expect(await drain(again)).toEqual(['1.']);
    },
  );

  it('that are damaged are kept, and not inserted', async () => {
    const directory = testDirectory();
    const log = await openTestLog({ directory, maintenanceMs: 10 });
    await log.append(entry('a', ['1.']));
    await log.park(await nextBlock(log), 'bad');
    const letters = openDeadLetters(directory);
    const [letter] = await letters.list();
    const folder = join(directory, 'dead-letters');
    const path = join(folder, `${letter?.id}.rows`);
    const file = readFileSync(path);
    writeFileSync(path, Buffer.concat([file.subarray(0, -1), Buffer.from('!')]));
    await letters.replay(letter?.id ?? '');
    await log.append(entry('b', ['2.']));
    expect(await drain(log)).toEqual(['2.']);
    await vi.waitFor(() => expect(readdirSync(folder)).toEqual([`${letter?.id}.replay.damaged`]));
  });

  it.each(['0'.repeat(32), '../../etc/passwd', ''])(
    'cannot be replayed by the id "%s" of none',
    async (id) => {
      await expect(openDeadLetters(testDirectory()).replay(id)).rejects.toMatchObject({
        code: 'file-unreadable',
      });
    },
  );
});

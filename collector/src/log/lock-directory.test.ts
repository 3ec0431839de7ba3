import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { drain, entry, nextBlock, openTestLog, testDirectory } from './__fixtures__/test-log.js';

const LOCK_DIRECTORY = new URL('../../dist/log/lock-directory.js', import.meta.url).href;

/** Another process that tries to lock a directory; tells how that went, and ends with the test. */
const lockElsewhere = async (directory: string) => {
  const script = `
    const { lockDirectory } = await import('${LOCK_DIRECTORY}');
    process.send(await lockDirectory('${directory}').then(() => 'locked', (error) => error.code));
    setInterval(() => {}, 1000);
  `;
  const other = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  onTestFinished(() => {
    other.kill('SIGKILL');
  });
  const [answer] = await once(other, 'message');
  return { other, answer };
};

describe('the directory of a log', () => {
  it('is used by one process at a time, and is free when that is killed', async () => {
    const directory = testDirectory();
    const { other, answer } = await lockElsewhere(directory);
    expect(answer).toBe('locked');
    await expect(openTestLog({ directory })).rejects.toThrow(`is used by process ${other.pid}`);
    other.kill('SIGKILL');
    await once(other, 'exit');
    await expect(openTestLog({ directory })).resolves.toBeDefined();
  });

  it('stays locked when it is tried once more', async () => {
    const directory = testDirectory();
    await openTestLog({ directory });
    await expect(openTestLog({ directory })).rejects.toMatchObject({ code: 'log-locked' });
    expect((await lockElsewhere(directory)).answer).toBe('log-locked');
  });

  it('is used once within a process, and is free after a close', async () => {
    const directory = testDirectory();
    const log = await openTestLog({ directory });
    await expect(openTestLog({ directory })).rejects.toMatchObject({ code: 'log-locked' });
    await log.close();
    await expect(openTestLog({ directory })).resolves.toBeDefined();
  });

  it('and its files can be read by this user alone', async () => {
    const directory = join(testDirectory(), 'made', 'here');
    const log = await openTestLog({ directory });
    await log.append(entry('1.'));
    await log.append(entry('2.'));
    await log.park(await nextBlock(log), 'bad');
    const modes = readdirSync(directory, { recursive: true }).map((name) => {
      const path = join(directory, String(name));
      return [String(name).replace(/^.*\./, ''), (statSync(path).mode & 0o777).toString(8)];
    });
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    expect(Object.fromEntries(modes)).toEqual({
      'dead-letters': '700',
      lock: '600',
      owner: '600',
      reserve: '600',
      rows: '600',
      segment: '600',
    });
  });

  it.each<[string, (directory: string) => void, string]>([
    ['is a symbolic link', (path) => symlinkSync(testDirectory(), path), 'it is a symbolic link'],
    ['is a file', (path) => writeFileSync(path, ''), 'EEXIST'],
    [
      'is open to others',
      (path) => mkdirSync(path, { mode: 0o755 }),
      'others may use it (mode 755; make it 700)',
    ],
  ])('is refused where it %s', async (_what, prepare, reason) => {
    const directory = join(testDirectory(), 'log');
    prepare(directory);
    await expect(openTestLog({ directory })).rejects.toMatchObject({
      code: 'directory-unusable',
      message: expect.stringContaining(reason),
    });
  });

  it('is refused where this user cannot write it', async ({ skip }) => {
    skip(process.getuid?.() === 0, 'root writes everywhere');
    const directory = testDirectory();
    chmodSync(directory, 0o500);
    await expect(openTestLog({ directory })).rejects.toMatchObject({ code: 'directory-unusable' });
  });

  it('may hold other things, which are left alone', async () => {
    const directory = testDirectory();
    writeFileSync(join(directory, 'notes.txt'), 'mine');
    const log = await openTestLog({ directory });
    await log.append(entry('1.'));
    expect(await drain(log)).toEqual(['1.']);
    expect(readdirSync(directory)).toContain('notes.txt');
  });
});

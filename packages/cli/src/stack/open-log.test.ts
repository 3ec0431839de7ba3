import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openLog } from './open-log.js';

const WAIT = { timeout: 10_000, interval: 10 };

const temporaryLog = () => {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const problems: string[] = [];
  return { file: join(folder, 'x.log'), problems, onProblem: (text: string) => problems.push(text) };
};

it('begins anew at each start, and only its user can read it', async () => {
  const { file, onProblem } = temporaryLog();
  writeFileSync(file, 'of an earlier start\n');
  writeFileSync(`${file}.1`, 'of an earlier start\n');
  openLog(file, { onProblem })('one');
  await expect.poll(() => readFileSync(file, 'utf8'), WAIT).toBe('one\n');
  expect(existsSync(`${file}.1`)).toBe(false);
  rmSync(file);
  openLog(file, { onProblem });
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

it('keeps the newest lines in two files of at most `maxBytes`', async () => {
  const { file, problems, onProblem } = temporaryLog();
  const log = openLog(file, { maxBytes: 8, onProblem });
  for (const line of ['one', 'two', 'six', 'ten', 'ace']) log(line);
  await expect.poll(() => readFileSync(file, 'utf8'), WAIT).toBe('ace\n');
  await expect.poll(() => readFileSync(`${file}.1`, 'utf8'), WAIT).toBe('six\nten\n');
  expect(problems).toEqual([]);
});

it('leaves lines out that come faster than the disk takes them, and says how many', async () => {
  const { file, onProblem } = temporaryLog();
  const log = openLog(file, { onProblem });
  const line = 'x'.repeat(999);
  for (let count = 0; count < 1000; count += 1) log(line);
  const read = (): string => {
    log('next');
    return readFileSync(file, 'utf8');
  };
  await expect.poll(read, WAIT).toContain('next');
  const text = readFileSync(file, 'utf8');
  const kept = text.split('\n').filter((each) => each === line).length;
  const leftOut = Number(/\((\d+) lines are left out here/.exec(text)?.[1]);
  expect(kept).toBeLessThan(100);
  // The first tries to write the next line can be left out as well.
  expect(kept + leftOut).toBeGreaterThanOrEqual(1000);
});

it('tells once that it cannot be written, and does not throw', () => {
  const { file, problems, onProblem } = temporaryLog();
  mkdirSync(file);
  const log = openLog(file, { onProblem });
  log('one');
  log('two');
  expect(problems).toEqual([expect.stringContaining(`The log ${file} ends here: EISDIR`)]);
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { testDirectory } from './__fixtures__/test-log.js';
import { FAILPOINTS } from './failpoint.js';

type Event = { acked?: string; inserted?: string; rows?: string[]; digest?: string; finished?: true };

const CHILD = new URL('./__fixtures__/crash-child.ts', import.meta.url).pathname;

/** Runs a process that uses the log. Says how it ended. */
const run = async (directory: string, events: string, failpoint: string): Promise<string | number> => {
  const child = spawn(process.execPath, [CHILD, directory, events, '70'], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, SIGNALBOX_FAILPOINT: failpoint },
  });
  const [code, signal] = await once(child, 'exit');
  return signal ?? code;
};

const readEvents = (path: string): Event[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

describe('a process with a log that is killed', () => {
  it.each(FAILPOINTS.map((name, index) => [`${name}:${1 + (index % 3)}`]))(
    'at %s has all that it acknowledged in one block each, once it is started again',
    async (failpoint) => {
      const root = testDirectory();
      const [directory, path] = [join(root, 'log'), join(root, 'events')];
      expect(await run(directory, path, failpoint)).toBe('SIGKILL');
      expect(await run(directory, path, '')).toBe(0);
      const events = readEvents(path);
      expect(events.at(-1)).toEqual({ finished: true });

      const digests = new Map<string, string>();
      const blocksByRow = new Map<string, Set<string>>();
      for (const { inserted, rows = [], digest = '' } of events) {
        if (inserted === undefined) continue;
        expect(digests.get(inserted) ?? digest).toBe(digest);
        digests.set(inserted, digest);
        for (const row of rows) blocksByRow.set(row, (blocksByRow.get(row) ?? new Set()).add(inserted));
      }
      const acked = new Set(events.flatMap(({ acked }) => acked ?? []));
      expect([...blocksByRow.keys()].sort()).toEqual([...acked].sort());
      expect([...blocksByRow.values()].filter(({ size }) => size !== 1)).toEqual([]);
    },
  );
});

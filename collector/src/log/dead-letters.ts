import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { FileUnreadableError } from '@signalbox/spec';
import type { TableName } from '@signalbox/store';
import { readDeadLetterHead } from './dead-letter-file.js';
import { type DeadLetterPath, deadLetterFolder, listFiles, toFileName } from './dead-letter-folder.js';

/** Rows that ClickHouse refused for good. */
export type DeadLetter = {
  /** The id of their block, as hex. */
  readonly id: string;
  readonly table: TableName;
  /** Days since 1970-01-01 UTC. */
  readonly day: number;
  readonly rows: number;
  /** Of the rows in the log's format. */
  readonly bytes: number;
  /** What ClickHouse said. */
  readonly reason: string;
  /** Unix milliseconds. */
  readonly parkedAt: number;
  /** True from `replay` until the collector has taken the rows. */
  readonly isReplaying: boolean;
};

/** The dead letters of a log. A folder of files, so it can be used while a collector runs, and while none does. */
export interface DeadLetters {
  /** All of them, oldest first. Files that are damaged are left out. */
  list(): Promise<DeadLetter[]>;
  /**
   * Marks rows to be inserted once more, in a block of their own: a collector that uses the log takes them within seconds, or
   * when it starts. Rejects with FileUnreadableError when there is no such dead letter.
   */
  replay(id: string): Promise<void>;
}

/** Opens the dead letters of the log in a directory, which need not exist. */
export const openDeadLetters = (logDirectory: string): DeadLetters => ({
  list: async () => {
    const files = await listFiles(logDirectory);
    return files.flatMap(toDeadLetter).sort(byAge);
  },
  replay: async (id) => {
    const folder = deadLetterFolder(logDirectory);
    const path = join(folder, toFileName(id, 'parked'));
    try {
      if (!/^[0-9a-f]{32}$/.test(id)) throw new Error(`"${id}" is no id of a dead letter`);
      await rename(path, join(folder, toFileName(id, 'replaying')));
    } catch (cause) {
      throw new FileUnreadableError({
        what: 'dead letter',
        file: path,
        option: 'an id that the list shows',
        cause,
      });
    }
  },
});

const byAge = (one: DeadLetter, other: DeadLetter): number => one.parkedAt - other.parkedAt;

const toDeadLetter = ({ path, isReplaying }: DeadLetterPath): DeadLetter[] => {
  // A collector may have taken it since the folder was read.
  const head = existsSync(path) ? readDeadLetterHead(path) : null;
  if (!head) return [];
  const { id, table, day, rows, bytes, reason, parkedAt } = head;
  return [{ id, table, day, rows, bytes, reason, parkedAt, isReplaying }];
};

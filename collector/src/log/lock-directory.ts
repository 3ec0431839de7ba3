import { closeSync, openSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LogLockedError } from '@signalbox/spec';

/** Gives the lock back. */
export type Unlock = () => void;

/**
 * Locks a directory for this process. Rejects with LogLockedError while another one holds it, in this container or in one
 * beside it. Node has no file locks, but SQLite takes them: unlike a file with a process id, the kernel gives such a lock
 * back whenever its process ends, and no id of a container can be mistaken for another.
 */
export const lockDirectory = async (directory: string): Promise<Unlock> => {
  const path = join(directory, 'lock');
  const ownerPath = join(directory, 'owner');
  makeFile(path);
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec('PRAGMA journal_mode = MEMORY; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (cause) {
    database.close();
    const owner = await readFile(ownerPath, 'utf8').catch(() => 'another process');
    throw new LogLockedError({ directory, owner: owner.trim(), cause });
  }
  await writeFile(ownerPath, `process ${process.pid}\n`, { mode: 0o600 });
  return () => database.close();
};

// For this user alone; SQLite would let others read it. A file that is there must not be opened: the lock would go with the
// first descriptor of it that this process closes.
const makeFile = (path: string): void => {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
};

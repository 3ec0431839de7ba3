import { constants } from 'node:fs';
import { access, lstat, mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { DirectoryUnusableError } from '@signalbox/spec';
import { nodeDisk } from './disk.js';

/**
 * Makes a directory for this user alone, or checks that it is one. Rejects with DirectoryUnusableError when it is a
 * symbolic link, belongs to somebody else, is open to others, or cannot be written. `option` names the setting.
 */
export const checkDirectory = async (directory: string, option: string): Promise<void> => {
  const refuse = (reason: string, cause?: unknown): DirectoryUnusableError =>
    new DirectoryUnusableError({ directory, reason, option, cause });
  try {
    await makeDirectory(resolve(directory));
    const found = await lstat(directory);
    if (found.isSymbolicLink()) throw refuse('it is a symbolic link, which somebody could point elsewhere');
    if (!found.isDirectory()) throw refuse('it is no directory');
    const user = process.getuid?.();
    if (user !== undefined && found.uid !== user)
      throw refuse(`it belongs to user ${found.uid}, not to ${user}`);
    if (user !== undefined && (found.mode & 0o077) !== 0)
      throw refuse(`others may use it (mode ${(found.mode & 0o777).toString(8)}; make it 700)`);
    await access(directory, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    if (DirectoryUnusableError.isInstance(error)) throw error;
    throw refuse(error instanceof Error ? error.message : String(error), error);
  }
};

// What was made is made to survive a loss of power: the log's files would be gone with it.
const makeDirectory = async (directory: string): Promise<void> => {
  const first = await mkdir(directory, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  for (let made = directory; made.length >= first.length; made = dirname(made))
    await nodeDisk.syncDirectory(dirname(made));
};

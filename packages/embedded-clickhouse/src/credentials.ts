import { randomBytes } from 'node:crypto';
import { chmodSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { DirectoryUnusableError } from './errors/directory-unusable-error.js';
import type { ServerFiles } from './server-files.js';

/** The generated passwords of one data directory, in plain text. */
export type Credentials = { adminPassword: string; readerPassword: string };

/**
 * Returns the passwords kept in `credentialsFile` (mode 0600), and makes them at the first start.
 * Synchronous and atomic, so that two first starts at the same time agree on one file. Throws `DirectoryUnusableError`.
 */
export function keepCredentials({ directory, credentialsFile: file }: ServerFiles): Credentials {
  try {
    createOnce(file, { adminPassword: newPassword(), readerPassword: newPassword() });
    chmodSync(file, 0o600);
    return parseCredentials(readFileSync(file, 'utf8'));
  } catch (cause) {
    const reason = `${basename(file)} cannot be read or written (${(cause as Error).message}); without that file new passwords are made`;
    throw new DirectoryUnusableError({ directory, reason, cause });
  }
}

/** Writes beside and links into place: a reader sees the whole file or none, and the first writer wins. */
function createOnce(file: string, credentials: Credentials): void {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
}

function parseCredentials(text: string): Credentials {
  const { adminPassword, readerPassword } = JSON.parse(text) as Partial<Record<keyof Credentials, unknown>>;
  if (typeof adminPassword !== 'string' || typeof readerPassword !== 'string') {
    throw new Error('adminPassword or readerPassword is missing');
  }
  return { adminPassword, readerPassword };
}

function newPassword(): string {
  return randomBytes(24).toString('base64url');
}

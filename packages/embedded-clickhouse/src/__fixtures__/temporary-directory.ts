import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Makes a directory. Call `removeDirectory` after what runs in it has ended. */
export function createDirectory(): string {
  return mkdtempSync(join(tmpdir(), 'embedded-clickhouse-'));
}

export function removeDirectory(directory: string): void {
  rmSync(directory, { recursive: true, force: true });
}

/** Makes a directory that is removed when the test has finished, after the servers that were started in the test. */
export function temporaryDirectory(): string {
  const directory = createDirectory();
  onTestFinished(() => removeDirectory(directory));
  return directory;
}

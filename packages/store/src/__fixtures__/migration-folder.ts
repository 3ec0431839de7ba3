import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';

/** A folder with these files, by name, that is removed after the test. */
export async function migrationFolder(files: Record<string, string>): Promise<URL> {
  const directory = await mkdtemp(join(tmpdir(), 'signalbox-migrations-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(directory, name), text)));
  return pathToFileURL(`${directory}/`);
}

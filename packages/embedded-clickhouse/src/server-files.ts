import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DirectoryUnusableError } from './errors/directory-unusable-error.js';
import { makeDirectory } from './make-directory.js';
import { type ConfigTree, toXml } from './to-xml.js';

/** Where the files of one server are, as absolute paths. */
export type ServerFiles = {
  /** The caller's directory. */
  directory: string;
  /** The engine's own files. */
  dataDirectory: string;
  /** Holds the configuration of this start alone; removed when the server is stopped. */
  runDirectory: string;
  configFile: string;
  usersFile: string;
  /** Holds the passwords that are made for this directory. */
  credentialsFile: string;
  logDirectory: string;
  logFile: string;
};

/**
 * Makes the directories and returns the paths. The configuration lies in a directory of its own for every start: a
 * second server that is about to be refused on the same data must not overwrite the first one's ports.
 */
export function createServerFiles(directory: string): ServerFiles {
  const absolute = resolve(directory);
  try {
    const dataDirectory = join(absolute, 'data');
    const logDirectory = join(absolute, 'log');
    for (const path of [absolute, dataDirectory, logDirectory]) makeDirectory(path);
    removeAbandoned(absolute);
    const runDirectory = mkdtempSync(join(absolute, `run-${process.pid}-`));
    return {
      directory: absolute,
      dataDirectory,
      runDirectory,
      configFile: join(runDirectory, 'config.xml'),
      usersFile: join(runDirectory, 'users.xml'),
      credentialsFile: join(absolute, 'credentials.json'),
      logDirectory,
      logFile: join(logDirectory, 'server.log'),
    };
  } catch (cause) {
    throw new DirectoryUnusableError({ directory: absolute, reason: (cause as Error).message, cause });
  }
}

/** Writes a configuration file. */
export function writeConfig(file: string, config: ConfigTree): void {
  writeFileSync(file, toXml(config), { mode: 0o600 });
}

/** Removes what starters left that were killed before they could clean up. */
function removeAbandoned(directory: string): void {
  for (const name of readdirSync(directory)) {
    const pid = /^run-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid)))
      rmSync(join(directory, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

import { readFileSync } from 'node:fs';
import { DirectoryLockedError } from './errors/directory-locked-error.js';
import type { EmbeddedClickHouseError } from './errors/embedded-clickhouse-error.js';
import { PortTakenError } from './errors/port-taken-error.js';
import { StartFailedError } from './errors/start-failed-error.js';
import { lastLines } from './last-lines.js';
import type { ServerFiles } from './server-files.js';
import type { ServerEnding } from './spawn-server.js';

const LOCKED = /Cannot lock file .*Another server instance in same directory/;
const PORT_TAKEN = /Listen \[[^\]]*\]:(\d+) failed: .*Address already in use/;

const LOG_LINES = 15;

/** Returns the error for a server that ended before it was ready, from what it wrote. */
export function explainEnding(
  ending: ServerEnding,
  { output, files }: { output: string; files: ServerFiles },
): EmbeddedClickHouseError {
  if (LOCKED.test(output)) return new DirectoryLockedError({ directory: files.directory });
  const port = PORT_TAKEN.exec(output)?.[1];
  if (port !== undefined) return new PortTakenError({ port: Number(port) });
  return new StartFailedError({
    exitCode: ending.code,
    signal: ending.signal,
    logLines: lastWords({ output, files }),
    logFile: files.logFile,
  });
}

/** Returns the last lines of the server's log followed by what it wrote to its output, oldest first. */
export function lastWords({ output, files }: { output: string; files: ServerFiles }): string[] {
  return [...lastLines(readLog(files.logFile), LOG_LINES), ...lastLines(output, LOG_LINES)];
}

/** A server that fails early has no log yet. */
function readLog(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    return `The log cannot be read: ${(error as Error).message}`;
  }
}

import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
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
const LOG_END_BYTES = 65_536;

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
  return [...lastLines(readLogEnd(files.logFile), LOG_LINES), ...lastLines(output, LOG_LINES)];
}

/** Returns the end of a log. A server that fails early has none yet. */
function readLogEnd(file: string): string {
  if (!existsSync(file)) return '';
  const descriptor = openSync(file, 'r');
  try {
    const { size } = fstatSync(descriptor);
    const end = Buffer.alloc(Math.min(size, LOG_END_BYTES));
    const length = readSync(descriptor, end, 0, end.length, size - end.length);
    return end.toString('utf8', 0, length);
  } finally {
    closeSync(descriptor);
  }
}

import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { EmbeddedClickHouseOptions } from './embedded-clickhouse-options.js';
import { DirectoryLockedError } from './errors/directory-locked-error.js';
import { PortTakenError } from './errors/port-taken-error.js';
import { freePorts } from './free-ports.js';
import type { ServerAccounts } from './server-accounts.js';
import { serverConfig } from './server-config.js';
import { type ServerFiles, writeConfig } from './server-files.js';
import type { ServerProcess } from './spawn-server.js';
import { type ServerStart, startServer } from './start-server.js';
import { usersConfig } from './users-config.js';

/** What the first start is made from. */
export type FirstStart = {
  options: EmbeddedClickHouseOptions;
  library: string;
  files: ServerFiles;
  accounts: ServerAccounts;
};

const DEFAULT_MEMORY_BYTES = 2 * 1024 ** 3;
const DEFAULT_START_TIMEOUT_MS = 30_000;
const PORT_ATTEMPTS = 5;
const LOCK_GRACE_MS = 2_000;
const LOCK_POLL_MS = 200;

/**
 * Chooses the ports and starts the server: with other ports when a free one was taken in the meantime, and for up to
 * two seconds again while the directory is locked, because the server of a parent that was just killed needs a moment
 * to end. Returns the server and how to start it again. Throws what `startServer` throws.
 */
export async function startFirstServer(
  context: FirstStart,
): Promise<{ first: ServerProcess; start: ServerStart; tcpPort: number }> {
  const lockedUntil = performance.now() + LOCK_GRACE_MS;
  for (let attempt = 1; ; attempt += 1) {
    const { start, tcpPort } = await prepareStart(context);
    try {
      return { first: await startServer(start), start, tcpPort };
    } catch (error) {
      if (isLostPort(error, context.options) && attempt < PORT_ATTEMPTS) continue;
      if (!(error instanceof DirectoryLockedError) || performance.now() > lockedUntil) throw error;
      await delay(LOCK_POLL_MS);
    }
  }
}

/** Chooses the ports and writes the configuration. */
async function prepareStart({
  options,
  library,
  files,
  accounts,
}: FirstStart): Promise<{ start: ServerStart; tcpPort: number }> {
  const memoryLimitBytes = options.memoryLimitBytes ?? DEFAULT_MEMORY_BYTES;
  const [freeHttpPort = 0, freeTcpPort = 0] = await freePorts(2);
  const httpPort = options.httpPort || freeHttpPort;
  const tcpPort = options.tcpPort || freeTcpPort;
  const { usersFile, logFile } = files;
  const token = randomUUID();
  const { cluster } = options;
  const { admin } = accounts;
  const config = serverConfig({
    ...{ httpPort, tcpPort, memoryLimitBytes, token, usersFile, logFile },
    ...{ cluster, admin },
  });
  writeConfig(files.configFile, config);
  writeConfig(usersFile, usersConfig(accounts, memoryLimitBytes));
  const timeoutMs = options.startTimeoutMs ?? DEFAULT_START_TIMEOUT_MS;
  return { start: { library, files, httpPort, token, account: admin, timeoutMs }, tcpPort };
}

/** A port that was free when it was chosen; one that the caller chose stays his. */
function isLostPort(error: unknown, { httpPort, tcpPort }: EmbeddedClickHouseOptions): boolean {
  return error instanceof PortTakenError && error.port !== httpPort && error.port !== tcpPort;
}

import { rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { keepCredentials } from './credentials.js';
import type { EmbeddedClickHouseOptions } from './embedded-clickhouse-options.js';
import { DirectoryLockedError } from './errors/directory-locked-error.js';
import { PortTakenError } from './errors/port-taken-error.js';
import { findLibrary } from './find-library.js';
import { freePorts } from './free-ports.js';
import { requireOptions } from './require-options.js';
import { type ServerAccounts, selectAccounts } from './server-accounts.js';
import { serverConfig } from './server-config.js';
import { createServerFiles, type ServerFiles, writeConfig } from './server-files.js';
import type { ServerProcess } from './spawn-server.js';
import { type ServerStart, startServer } from './start-server.js';
import { superviseServer } from './supervise-server.js';
import { usersConfig } from './users-config.js';

/** A running server. Every field but `pid` stays the same over restarts. */
export interface EmbeddedClickHouse {
  /** `http://127.0.0.1:<httpPort>`; the SQL page is at `/play`. */
  readonly url: string;
  readonly httpPort: number;
  /** The native protocol's port. */
  readonly tcpPort: number;
  /** The user that owns the data, and its password. */
  readonly username: string;
  readonly password: string;
  /** The user that only reads, for dashboards, and its password. */
  readonly readonlyUsername: string;
  readonly readonlyPassword: string;
  /** The server's process; null between a crash and the restart, and after the end. */
  readonly pid: number | null;
  /** Ends the server (SIGTERM, SIGKILL after 10 s) and resolves when it is gone. Safe to call more than once. */
  stop(): Promise<void>;
}

const DEFAULT_MEMORY_BYTES = 2 * 1024 ** 3;
const DEFAULT_START_TIMEOUT_MS = 30_000;
const PORT_ATTEMPTS = 5;
const LOCK_GRACE_MS = 2_000;
const LOCK_POLL_MS = 200;

/**
 * Starts a ClickHouse server as a child process and resolves when it answers. It listens on 127.0.0.1 only, is started
 * again when it crashes, and ends when this process ends, however that happens. It keeps this process alive until
 * `stop()`. Throws an `EmbeddedClickHouseError`; nothing is left running then.
 */
export async function startEmbeddedClickHouse(
  options: EmbeddedClickHouseOptions,
): Promise<EmbeddedClickHouse> {
  const library = findLibrary();
  requireOptions(options);
  const files = createServerFiles(options.directory);
  const removeRunDirectory = () => rmSync(files.runDirectory, { recursive: true, force: true });
  try {
    const accounts = selectAccounts(options.users, keepCredentials(files.directory));
    const { first, start, tcpPort } = await startFirst({ options, library, files, accounts });
    const supervisor = superviseServer({ first, start, restart: options.restart, onEvent: options.onEvent });
    return {
      url: `http://127.0.0.1:${start.httpPort}`,
      httpPort: start.httpPort,
      tcpPort,
      username: accounts.admin.name,
      password: accounts.admin.password,
      readonlyUsername: accounts.reader.name,
      readonlyPassword: accounts.reader.password,
      get pid() {
        return supervisor.pid;
      },
      async stop() {
        await supervisor.stop();
        removeRunDirectory();
      },
    };
  } catch (error) {
    removeRunDirectory();
    throw error;
  }
}

type FirstStart = {
  options: EmbeddedClickHouseOptions;
  library: string;
  files: ServerFiles;
  accounts: ServerAccounts;
};

/** Starts the server, with other ports when a free one was taken in between, and a second time when the lock was stale. */
async function startFirst(
  context: FirstStart,
): Promise<{ first: ServerProcess; start: ServerStart; tcpPort: number }> {
  const lockedUntil = performance.now() + LOCK_GRACE_MS;
  for (let attempt = 1; ; attempt += 1) {
    const { start, tcpPort } = await prepareStart(context);
    try {
      return { first: await startServer(start), start, tcpPort };
    } catch (error) {
      if (error instanceof PortTakenError && !isGiven(error.port, context.options) && attempt < PORT_ATTEMPTS)
        continue;
      // The server of a parent that was just killed needs a moment to end.
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
  writeConfig(files.configFile, serverConfig({ httpPort, tcpPort, memoryLimitBytes, usersFile, logFile }));
  writeConfig(usersFile, usersConfig(accounts, memoryLimitBytes));
  const timeoutMs = options.startTimeoutMs ?? DEFAULT_START_TIMEOUT_MS;
  return { start: { library, files, httpPort, account: accounts.admin, timeoutMs }, tcpPort };
}

function isGiven(port: number, { httpPort, tcpPort }: EmbeddedClickHouseOptions): boolean {
  return port === httpPort || port === tcpPort;
}

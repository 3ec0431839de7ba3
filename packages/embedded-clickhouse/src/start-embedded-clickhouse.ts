import { rmSync } from 'node:fs';
import { keepCredentials } from './credentials.js';
import type { EmbeddedClickHouseOptions } from './embedded-clickhouse-options.js';
import { findLibrary } from './find-library.js';
import { requireOptions } from './require-options.js';
import { selectAccounts } from './server-accounts.js';
import { createServerFiles } from './server-files.js';
import { startFirstServer } from './start-first-server.js';
import { superviseServer } from './supervise-server.js';

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
  /** Where the generated passwords are kept, as an absolute path; only its user can read it. Given ones are not in it. */
  readonly credentialsFile: string;
  /** The server's process; null between a crash and the restart, and after the end. */
  readonly pid: number | null;
  /** Ends the server (SIGTERM, SIGKILL after 10 s) and resolves when it is gone. Safe to call more than once. */
  stop(): Promise<void>;
}

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
    const accounts = selectAccounts(options.users, keepCredentials(files));
    const { first, start, tcpPort } = await startFirstServer({ options, library, files, accounts });
    const supervisor = superviseServer({ first, start, restart: options.restart, onEvent: options.onEvent });
    return {
      url: `http://127.0.0.1:${start.httpPort}`,
      httpPort: start.httpPort,
      tcpPort,
      username: accounts.admin.name,
      password: accounts.admin.password,
      readonlyUsername: accounts.reader.name,
      readonlyPassword: accounts.reader.password,
      credentialsFile: files.credentialsFile,
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

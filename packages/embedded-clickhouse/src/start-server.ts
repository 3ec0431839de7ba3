import { setTimeout as delay } from 'node:timers/promises';
import { StartTimeoutError } from './errors/start-timeout-error.js';
import { explainEnding, lastWords } from './explain-ending.js';
import type { ServerAccount } from './server-accounts.js';
import { TOKEN_MACRO } from './server-config.js';
import type { ServerFiles } from './server-files.js';
import { type ServerProcess, spawnServer } from './spawn-server.js';

/** What one start of the server needs; the same for every restart. */
export type ServerStart = {
  library: string;
  files: ServerFiles;
  httpPort: number;
  /** What the configuration in `files` names the server. */
  token: string;
  account: ServerAccount;
  timeoutMs: number;
};

const POLL_MS = 15;
const ANSWER_TIMEOUT_MS = 2_000;
const END_DEADLINE_MS = 5_000;

/**
 * Starts a server process and returns it once it answers a query over HTTP. Throws `DirectoryLockedError`,
 * `PortTakenError`, `StartFailedError`, `StartTimeoutError`, or the reason of `signal`; the process has then ended.
 */
export async function startServer(start: ServerStart, signal?: AbortSignal): Promise<ServerProcess> {
  const server = spawnServer(start);
  const deadline = performance.now() + start.timeoutMs;
  try {
    while (!(await answers(start))) {
      signal?.throwIfAborted();
      if (performance.now() > deadline) throw timeoutError(server, start);
      await Promise.race([delay(POLL_MS), server.ending]);
      await requireRunning(server, start);
    }
    return server;
  } catch (error) {
    await server.end(END_DEADLINE_MS);
    throw error;
  }
}

async function requireRunning(server: ServerProcess, { files }: ServerStart): Promise<void> {
  if (server.hasEnded) throw explainEnding(await server.ending, { output: server.output, files });
}

/**
 * True when the server of this start answers. The port may be another server's, and with the same passwords at that:
 * the one that already runs in this directory. So the answer has to hold the token.
 */
async function answers({ httpPort, token, account }: ServerStart): Promise<boolean> {
  // Basic, because a header of its own could not carry every password.
  const login = Buffer.from(`${account.name}:${account.password}`).toString('base64');
  try {
    const response = await fetch(`http://127.0.0.1:${httpPort}/?query=SELECT+getMacro('${TOKEN_MACRO}')`, {
      headers: { Authorization: `Basic ${login}` },
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    });
    return response.ok && (await response.text()) === `${token}\n`;
  } catch {
    return false; // not listening yet; the caller has the deadline
  }
}

function timeoutError(server: ServerProcess, { files, timeoutMs }: ServerStart): StartTimeoutError {
  const logLines = lastWords({ output: server.output, files });
  return new StartTimeoutError({ timeoutMs, logLines, logFile: files.logFile });
}

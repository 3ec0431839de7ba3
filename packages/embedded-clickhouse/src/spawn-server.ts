import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ServerFiles } from './server-files.js';
import type { ServerMainArguments } from './server-main-arguments.js';

/** How a server process ended. Both are null when it could not be started at all. */
export type ServerEnding = { code: number | null; signal: NodeJS.Signals | null };

/** One server process. */
export interface ServerProcess {
  /** 0 when the process could not be started; `ending` then settles at once. */
  readonly pid: number;
  /** When it was started, on the clock of `performance.now()`. */
  readonly startedAt: number;
  /** Settles when the process has ended; never rejects. */
  readonly ending: Promise<ServerEnding>;
  readonly hasEnded: boolean;
  /** What the server wrote to stdout and stderr, the last 32 KiB of it. */
  readonly output: string;
  /** Asks the process to end (SIGTERM), insists after `deadlineMs` (SIGKILL), and resolves when it has ended. */
  end(deadlineMs: number): Promise<void>;
}

const MAX_OUTPUT_CHARACTERS = 32_768;

// HTTP last: once it answers, the native protocol listens too. The last statement never ends, and with it the process
// stays. (Reading stdin in it instead does not work: what Node calls a pipe is a socket, which the engine cannot open.)
const STATEMENTS = [
  'SYSTEM START LISTEN TCP',
  'SYSTEM START LISTEN HTTP',
  'SELECT sleepEachRow(3) FROM system.numbers SETTINGS max_block_size = 1 FORMAT Null',
].join('; ');

// Node runs the built file, from the sources (in tests) as well.
const SERVER_MAIN = fileURLToPath(new URL('../dist/server-main.js', import.meta.url));

/** Starts a server process; it is not ready yet. `library` is the path of libchdb.so. */
export function spawnServer({ library, files }: { library: string; files: ServerFiles }): ServerProcess {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [SERVER_MAIN, JSON.stringify(mainArguments(library, files))], {
    cwd: files.dataDirectory,
    env: serverEnvironment(),
    // A group of its own: Ctrl-C in a terminal reaches the whole group, and would end the server before its users.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });

  let output = '';
  const keep = (chunk: string) => {
    output = (output + chunk).slice(-MAX_OUTPUT_CHARACTERS);
  };
  child.stdout.setEncoding('utf8').on('data', keep);
  child.stderr.setEncoding('utf8').on('data', keep);
  child.stdin.on('error', () => undefined); // nothing is ever written; the pipe only breaks when the child ends

  let hasEnded = false;
  const ending = new Promise<ServerEnding>((resolve) => {
    // `close` comes after `exit`, when all output has been read.
    child.once('close', (code, signal) => resolve({ code, signal }));
    child.once('error', (error) => {
      keep(`${error.message}\n`);
      resolve({ code: null, signal: null });
    });
  }).finally(() => {
    hasEnded = true;
  });

  return {
    pid: child.pid ?? 0,
    startedAt,
    ending,
    get hasEnded() {
      return hasEnded;
    },
    get output() {
      return output;
    },
    async end(deadlineMs) {
      if (hasEnded) return;
      child.kill('SIGTERM');
      const insist = setTimeout(() => child.kill('SIGKILL'), deadlineMs);
      await ending;
      clearTimeout(insist);
    },
  };
}

function mainArguments(library: string, files: ServerFiles): ServerMainArguments {
  return {
    library,
    readable: [files.runDirectory],
    writable: [files.dataDirectory, files.logDirectory],
    engineArguments: [
      `--path=${files.dataDirectory}`,
      `--config-file=${files.configFile}`,
      '--log-level=information',
      `--query=${STATEMENTS}`,
    ],
  };
}

/** The server reads credentials of clouds and of AI providers from its environment; it gets none of the caller's. */
function serverEnvironment(): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { TZ: 'UTC' };
  for (const name of ['PATH', 'TMPDIR', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH']) {
    if (process.env[name] !== undefined) environment[name] = process.env[name];
  }
  return environment;
}

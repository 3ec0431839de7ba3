import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { toServiceError } from './service-error.js';

const PROGRAM = fileURLToPath(new URL('../../bin/signalbox.js', import.meta.url));
const KEPT_LINES = 20;
const START_DEADLINE_MS = 30_000;
const END_DEADLINE_MS = 15_000;

/** A running `signalbox` command that listens somewhere. */
export type ServiceProcess = {
  pid: number;
  url: string;
  /** Resolves when the process has ended, with how; never rejects. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** Asks the process to end (SIGTERM), insists after 15 s (SIGKILL), and resolves when it has ended. */
  end(): Promise<void>;
};

/** What to start, and how long to wait for it. */
export type ServiceOptions = {
  /** What it is called in errors. */
  name: string;
  /** The command with its options. */
  args: readonly string[];
  environment?: NodeJS.ProcessEnv | undefined;
  /** Gets each line of its standard error. */
  onLog?: ((line: string) => void) | undefined;
  /** Ends the process while it starts; afterwards without effect. */
  signal?: AbortSignal;
  /** How long it may take until it says where it listens. Default: 30,000. */
  deadlineMs?: number;
};

const urlIn = (line: string): string | null => {
  try {
    const value: unknown = JSON.parse(line);
    return (value as { url?: unknown } | null)?.url?.toString() ?? null;
  } catch {
    return null; // not the line that says it
  }
};

const spawnProgram = async ({ name, args, environment }: ServiceOptions) => {
  const child = spawn(process.execPath, [PROGRAM, ...args, '--json', '--until-stdin-ends'], {
    env: { ...process.env, ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
    // Ctrl-C goes to the whole group of a terminal; the parent decides in which order things end.
    detached: true,
  });
  const { pid } = child;
  if (pid !== undefined) return { child, pid };
  const [cause] = (await once(child, 'error')) as [Error];
  throw new Error(`The process of the ${name} cannot be started: ${cause.message}.`, { cause });
};

/**
 * Starts `signalbox <args>` as a process of its own and resolves when it says where it listens. The child ends when
 * this process ends, however that ends, because it watches the pipe of its standard input. Rejects with the child's
 * own error when it cannot start, when it takes too long, and with the reason of `signal`; the process has then ended.
 */
export const startServiceProcess = async (options: ServiceOptions): Promise<ServiceProcess> => {
  const { name, onLog, signal, deadlineMs = START_DEADLINE_MS } = options;
  const { child, pid } = await spawnProgram(options);
  const started = Promise.withResolvers<string>();
  const lines: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    lines.push(line);
    if (lines.length > KEPT_LINES) lines.shift();
    onLog?.(line);
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const url = urlIn(line);
    if (url !== null) started.resolve(url);
  });
  child.once('close', (...ending) => started.reject(toServiceError(name, lines, ending)));

  const ended: ServiceProcess['ended'] = new Promise((resolve) => {
    child.once('exit', (code, by) => resolve({ code, signal: by }));
  });
  const end = async (): Promise<void> => {
    child.kill('SIGTERM');
    const insist = setTimeout(() => child.kill('SIGKILL'), END_DEADLINE_MS);
    await ended;
    clearTimeout(insist);
  };

  const abort = (): void => started.reject(signal?.reason);
  signal?.addEventListener('abort', abort);
  if (signal?.aborted) abort();
  const expire = (): void => started.reject(new Error(`The ${name} did not start within ${deadlineMs} ms.`));
  const deadline = setTimeout(expire, deadlineMs);
  try {
    return { pid, url: await started.promise, ended, end };
  } catch (error) {
    await end();
    throw error;
  } finally {
    clearTimeout(deadline);
    signal?.removeEventListener('abort', abort);
  }
};

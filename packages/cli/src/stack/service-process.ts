import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { ERROR_CODES, type ErrorCode, SignalboxError } from '@signalbox/spec';

const PROGRAM = fileURLToPath(new URL('../../bin/signalbox.js', import.meta.url));
const KEPT_LINES = 20;

/** A running `signalbox` command that listens somewhere. */
export type ServiceProcess = {
  child: ChildProcess;
  url: string;
  /** Resolves when the process has ended, with how. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
};

const parseLine = (line: string): Record<string, unknown> | null => {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
};

// A command run with --json ends with one line {"error":{code,message}}: give it back as the error that it was.
const toError = (name: string, lines: readonly string[], code: number | null): Error => {
  for (const line of lines) {
    const error = parseLine(line)?.error as { code?: string; message?: string } | undefined;
    if (error?.message === undefined) continue;
    if (error.code !== undefined && error.code in ERROR_CODES)
      return new SignalboxError(error.code as ErrorCode, error.message);
    return new Error(error.message);
  }
  return new Error(`The ${name} ended with code ${code} before it was ready:\n${lines.join('\n')}`);
};

/**
 * Starts `signalbox <args>` as a process of its own and resolves when it says where it listens. The child ends when
 * this process ends, however that ends, because it watches the pipe of its standard input.
 * `onLog` gets each line of its standard error. Rejects with the child's own error when it cannot start.
 */
export const startServiceProcess = async (options: {
  name: string;
  args: readonly string[];
  environment?: NodeJS.ProcessEnv;
  onLog?: (line: string) => void;
}): Promise<ServiceProcess> => {
  const child = spawn(process.execPath, [PROGRAM, ...options.args, '--json', '--until-stdin-ends'], {
    env: { ...process.env, ...options.environment },
    stdio: ['pipe', 'pipe', 'pipe'],
    // Ctrl-C goes to the whole group of a terminal; the parent decides in which order things end.
    detached: true,
  });
  const ended = once(child, 'exit').then(([code, signal]) => ({ code, signal }));
  const lines: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    lines.push(line);
    if (lines.length > KEPT_LINES) lines.shift();
    options.onLog?.(line);
  });
  const listening = new Promise<string>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const url = parseLine(line)?.url;
      if (typeof url === 'string') resolve(url);
    });
  });
  const closed = once(child, 'close').then(([code]) => {
    throw toError(options.name, lines, code);
  });
  const url = await Promise.race([listening, closed]);
  closed.catch(() => undefined); // From here on its end is the supervisor's business.
  return { child, url, ended };
};

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const PROGRAM = fileURLToPath(new URL('../packages/cli/bin/signalbox.js', import.meta.url));

/** Options that keep a stack of a test away from every other: its own folder, free ports. */
export const apart = (directory: string): string[] => [
  '--directory',
  directory,
  '--clickhouse-port',
  '0',
  '--otlp-port',
  '0',
];

/** A folder that is removed after the test. */
export const temporaryFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-e2e-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
};

/** A `signalbox` command that runs as a process of its own, as users run it. */
export type SignalboxProcess = {
  child: ChildProcess;
  stdout(): string;
  stderr(): string;
  /** Resolves with the match as soon as the output has one; rejects when the process ends before. */
  waitFor(pattern: RegExp): Promise<RegExpExecArray>;
  /** Resolves with the exit code, or the signal, when the process has ended. */
  ended: Promise<number | NodeJS.Signals>;
};

/** Starts a command. It is killed when the test ends before it. */
export const startSignalbox = (
  args: readonly string[],
  options: { cwd?: string; environment?: NodeJS.ProcessEnv } = {},
): SignalboxProcess => {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: options.cwd,
    env: { ...process.env, ...options.environment },
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const texts = { stdout: '', stderr: '' };
  const watchers = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      texts[name] += chunk;
      for (const look of watchers) look();
    });
  }
  const ended = once(child, 'close').then(
    ([code, signal]: (number | NodeJS.Signals)[]) => code ?? signal ?? 'SIGKILL',
  );
  const waitFor = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const match = pattern.exec(texts.stdout) ?? pattern.exec(texts.stderr);
        if (!match) return;
        watchers.delete(look);
        resolve(match);
      };
      watchers.add(look);
      look();
      void ended.then((code) =>
        reject(new Error(`ended with ${code} before ${pattern}:\n${texts.stdout}${texts.stderr}`)),
      );
    });
  return { child, stdout: () => texts.stdout, stderr: () => texts.stderr, waitFor, ended };
};

/** Runs a command to its end. */
export const runSignalbox = async (...parameters: Parameters<typeof startSignalbox>) => {
  const running = startSignalbox(...parameters);
  const code = await running.ended;
  return { code, stdout: running.stdout(), stderr: running.stderr() };
};

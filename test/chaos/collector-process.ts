import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../packages/cli/bin/signalbox.js', import.meta.url));

/** A `signalbox collect` that runs as a process of its own. */
export type CollectorProcess = {
  readonly pid: number;
  /** Resolves with the signal or exit code when the process has ended. */
  readonly ended: Promise<number | NodeJS.Signals>;
  readonly hasEnded: boolean;
  /** SIGKILL. Resolves when the process is gone. */
  kill(): Promise<void>;
  /** The last lines on standard error. */
  errors(): string;
};

/** Starts a collector and resolves when it listens. Rejects with its last words when it ends before. */
export const startCollectorProcess = async (
  configFile: string,
  environment: NodeJS.ProcessEnv,
): Promise<CollectorProcess> => {
  const child = spawn(
    process.execPath,
    [PROGRAM, 'collect', '--config', configFile, '--json', '--until-stdin-ends'],
    {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, ...environment },
    },
  );
  let errors = '';
  let hasEnded = false;
  child.stdin.on('error', () => undefined);
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-20_000);
  });
  const ended = once(child, 'exit').then(([code, signal]: (number | NodeJS.Signals)[]) => {
    hasEnded = true;
    return code ?? signal ?? 'SIGKILL';
  });
  const listening = once(child.stdout, 'data');
  const early = await Promise.race([listening.then(() => null), ended]);
  if (early !== null) throw new Error(`the collector ended with ${early}:\n${errors}`);
  child.stdout.resume();
  return {
    pid: child.pid ?? 0,
    ended,
    get hasEnded() {
      return hasEnded;
    },
    async kill() {
      if (!hasEnded) child.kill('SIGKILL');
      await ended;
    },
    errors: () => errors,
  };
};

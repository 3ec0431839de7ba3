import { setTimeout as delay } from 'node:timers/promises';
import { type ServiceProcess, startServiceProcess } from './service-process.js';

const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 10_000;
/** A process that lived this long is healthy again: the next restart is quick. */
const HEALTHY_MS = 30_000;
const STOP_DEADLINE_MS = 15_000;

/** A supervised process: where it listens, its current pid, and its orderly end. */
export type Supervised = {
  url: string;
  pid(): number | undefined;
  restarts(): number;
  stop(): Promise<void>;
};

/**
 * Keeps a `signalbox` command running: when it ends unasked, it is started again on the same address, after 0.2 s at
 * first and up to 10 s. `argsFor` gets the port to listen on. `onEvent` hears of ends and restarts.
 */
export const supervise = async (options: {
  name: string;
  port: number;
  argsFor: (port: number) => readonly string[];
  environment?: NodeJS.ProcessEnv;
  onEvent: (text: string) => void;
  onLog?: (line: string) => void;
}): Promise<Supervised> => {
  const { name, onEvent } = options;
  const start = (port: number): Promise<ServiceProcess> =>
    startServiceProcess({
      name,
      args: options.argsFor(port),
      ...(options.environment && { environment: options.environment }),
      ...(options.onLog && { onLog: options.onLog }),
    });

  let current = await start(options.port);
  const { url } = current;
  const port = Number(new URL(url).port);
  const stopping = new AbortController();
  let restarts = 0;
  let wait = FIRST_DELAY_MS;

  /** Tries until the process is up again; `null` when stopped meanwhile. */
  const startAgain = async (): Promise<ServiceProcess | null> => {
    while (!stopping.signal.aborted) {
      await delay(wait, undefined, { signal: stopping.signal }).catch(() => undefined);
      wait = Math.min(wait * 2, LONGEST_DELAY_MS);
      if (stopping.signal.aborted) break;
      try {
        return await start(port);
      } catch (error) {
        onEvent(`The ${name} could not start: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    return null;
  };

  const watch = async (): Promise<void> => {
    for (;;) {
      const startedAt = performance.now();
      const { code, signal } = await current.ended;
      if (stopping.signal.aborted) return;
      onEvent(
        `The ${name} (pid ${current.child.pid}) ended with ${signal ?? `code ${code}`}; starting it again.`,
      );
      if (performance.now() - startedAt > HEALTHY_MS) wait = FIRST_DELAY_MS;
      const next = await startAgain();
      if (!next) return;
      current = next;
      restarts += 1;
      onEvent(`The ${name} is back (pid ${current.child.pid}).`);
    }
  };
  const watching = watch();

  const stop = async (): Promise<void> => {
    stopping.abort();
    const { child, ended } = current;
    child.kill('SIGTERM');
    const deadline = setTimeout(() => child.kill('SIGKILL'), STOP_DEADLINE_MS);
    await ended;
    clearTimeout(deadline);
    await watching;
  };

  return { url, pid: () => current.child.pid, restarts: () => restarts, stop };
};

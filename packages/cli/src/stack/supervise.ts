import { setTimeout as delay } from 'node:timers/promises';
import { type ServiceProcess, startServiceProcess } from './service-process.js';

const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 10_000;
/** A process that lived this long is healthy again: the next restart is quick. */
const HEALTHY_MS = 30_000;

/** A supervised process: where it listens, its current pid, and its orderly end. */
export type Supervised = {
  url: string;
  /** Between an end and the restart, that of the process that ended. */
  pid(): number;
  restarts(): number;
  /** Ends the process, also while it is started again, and resolves when it is gone. Safe to call more than once. */
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
  const { name, environment, onEvent, onLog } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const start = (port: number): Promise<ServiceProcess> =>
    startServiceProcess({ name, args: options.argsFor(port), environment, onLog, signal });

  let current = await start(options.port);
  const { url } = current;
  const port = Number(new URL(url).port);
  let restarts = 0;
  let wait = FIRST_DELAY_MS;

  /** Tries until the process is up again; `null` when stopped meanwhile. */
  const startAgain = async (): Promise<ServiceProcess | null> => {
    while (!signal.aborted) {
      try {
        await delay(wait, undefined, { signal });
        wait = Math.min(wait * 2, LONGEST_DELAY_MS);
        return await start(port);
      } catch (error) {
        if (signal.aborted) break;
        onEvent(`The ${name} could not start: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    return null;
  };

  const watch = async (): Promise<void> => {
    for (;;) {
      const startedAt = performance.now();
      const ending = await current.ended;
      if (signal.aborted) return;
      const how = ending.signal ?? `code ${ending.code}`;
      onEvent(`The ${name} (pid ${current.pid}) ended with ${how}; starting it again.`);
      if (performance.now() - startedAt > HEALTHY_MS) wait = FIRST_DELAY_MS;
      const next = await startAgain();
      // Stopped in the moment in which it got ready: `stop` knows only the process before.
      if (signal.aborted) return next?.end();
      if (!next) return;
      current = next;
      restarts += 1;
      onEvent(`The ${name} is back (pid ${current.pid}).`);
    }
  };
  const watching = watch();

  const stop = async (): Promise<void> => {
    stopping.abort();
    await current.end();
    await watching;
  };

  return { url, pid: () => current.pid, restarts: () => restarts, stop };
};

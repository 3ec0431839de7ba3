import { setTimeout as delay } from 'node:timers/promises';
import type { EmbeddedClickHouseOptions } from './embedded-clickhouse-options.js';
import { lastWords } from './explain-ending.js';
import type { ServerEvent } from './server-event.js';
import { NOT_CONFINED } from './server-main-arguments.js';
import type { ServerProcess } from './spawn-server.js';
import { type ServerStart, startServer } from './start-server.js';

/** Keeps one server running until it is stopped. */
export interface ServerSupervisor {
  /** The process that answers now; null between a crash and the restart, and after the end. */
  readonly pid: number | null;
  /** Ends the server and resolves when its process is gone. Further calls return the same promise. */
  stop(): Promise<void>;
}

const STABLE_MS = 5_000;
const END_DEADLINE_MS = 10_000;

/**
 * Starts the server again whenever it ends by itself, with pauses that double from `initialDelayMs` to `maxDelayMs`.
 * A server that ran for 5 s clears the count; after `maxAttempts` restarts without one, it gives up with an event.
 */
export function superviseServer({
  first,
  start,
  restart: { initialDelayMs = 100, maxDelayMs = 10_000, maxAttempts = 10 } = {},
  onEvent = () => undefined,
}: {
  /** A server that is ready. */
  first: ServerProcess;
  /** How to start it again. */
  start: ServerStart;
  restart: EmbeddedClickHouseOptions['restart'];
  onEvent: ((event: ServerEvent) => void) | undefined;
}): ServerSupervisor {
  const stopping = new AbortController();
  const { signal } = stopping;
  let current: ServerProcess | null = first;
  let attempts = 0;
  let restarts = 0;

  async function keepRunning(): Promise<void> {
    while (current !== null) {
      await runUntilItEnds(current);
      current = null;
      const next = await startAgain();
      if (signal.aborted) return next?.end(END_DEADLINE_MS); // stopped when there was no server to end yet
      current = next;
      restarts += 1;
    }
  }

  async function runUntilItEnds(server: ServerProcess): Promise<void> {
    const readyAt = performance.now();
    const startMs = Math.round(readyAt - server.startedAt);
    const confined = !server.output.includes(NOT_CONFINED);
    onEvent({ type: 'server-ready', pid: server.pid, startMs, restarts, confined });
    const ending = await server.ending;
    if (performance.now() - readyAt > STABLE_MS) attempts = 0;
    const logLines = lastWords({ output: server.output, files: start.files });
    onEvent({ type: 'server-exit', pid: server.pid, expected: signal.aborted, ...ending, logLines });
  }

  /** Returns a server that is ready, or null when stopped or out of attempts. */
  async function startAgain(): Promise<ServerProcess | null> {
    let cause: Error | null = null;
    while (!signal.aborted) {
      if (attempts >= maxAttempts) {
        onEvent({ type: 'server-give-up', attempts, cause });
        return null;
      }
      const delayMs = Math.min(maxDelayMs, initialDelayMs * 2 ** attempts);
      attempts += 1;
      onEvent({ type: 'server-restart', attempt: attempts, delayMs });
      try {
        await delay(delayMs, undefined, { signal });
        return await startServer(start, signal);
      } catch (error) {
        cause = error as Error; // told by the next give-up; a cancelled pause ends the loop
      }
    }
    return null;
  }

  const running = keepRunning();
  return {
    get pid() {
      return current?.pid ?? null;
    },
    async stop() {
      stopping.abort();
      await current?.end(END_DEADLINE_MS);
      await running;
    },
  };
}

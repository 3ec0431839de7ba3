import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSimulator } from './create-simulator.js';
import { SimulatorError } from './simulator-error.js';
import type { SimulatorOptions } from './simulator-options.js';
import type { SimulatorStats } from './simulator-stats.js';

/** Where a simulator listens, besides what it simulates. */
export type StartSimulatorOptions = SimulatorOptions & {
  /** The port. Default 0: a free one. */
  port?: number;
  /** The address. Default `127.0.0.1`: this machine only. */
  host?: string;
};

/** A simulator that listens. */
export type RunningSimulator = {
  /** `http://host:port`, without a path. The base URL of OpenAI's client is this and `/v1`. */
  url: string;
  port: number;
  /** The counts since the start; they can be read after `close` too. */
  stats(): SimulatorStats;
  /** Stops listening and destroys every connection, those of unfinished calls too. May be called again. */
  close(): Promise<void>;
};

/** The queue of connections not yet accepted: a burst of clients should not see a refused connection. */
const BACKLOG = 4_096;
/** Longer than the idle time of common clients, so that it is they who close. */
const KEEP_ALIVE_MS = 65_000;

/**
 * Starts a simulator. Throws a SimulatorError: `simulator-invalid-options`, `simulator-port-taken`, or
 * `simulator-listen-failed` for any other reason not to listen.
 */
export async function startSimulator(options: StartSimulatorOptions = {}): Promise<RunningSimulator> {
  const { port = 0, host = '127.0.0.1', ...simulatorOptions } = options;
  const { app, stats } = createSimulator(simulatorOptions);
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, app);
  await listen(server, { port, host });
  const address = server.address() as AddressInfo;
  const urlHost = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return {
    url: `http://${urlHost}:${address.port}`,
    port: address.port,
    stats,
    close: () => close(server),
  };
}

async function listen(server: Server, { port, host }: { port: number; host: string }): Promise<void> {
  const listening = Promise.withResolvers<void>();
  server.once('error', listening.reject);
  try {
    server.listen({ port, host, backlog: BACKLOG }, listening.resolve);
    await listening.promise;
  } catch (cause) {
    throw toListenError(cause, { port, host });
  }
  server.off('error', listening.reject);
}

function toListenError(cause: unknown, { port, host }: { port: number; host: string }): SimulatorError {
  if ((cause as NodeJS.ErrnoException).code === 'EADDRINUSE') {
    const message = `Port ${port} on ${host} is taken. Stop what listens there, or choose another port (0 picks a free one).`;
    return new SimulatorError('simulator-port-taken', message, { cause });
  }
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message = `The simulator cannot listen on ${host}:${port}: ${reason}. Choose another host or port.`;
  return new SimulatorError('simulator-listen-failed', message, { cause });
}

async function close(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = Promise.withResolvers<void>();
  server.close(() => closed.resolve());
  server.closeAllConnections();
  await closed.promise;
}

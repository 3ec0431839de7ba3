import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AddressInUseError } from '@signalbox/spec';

/** A listening server. */
export type Listener = {
  /** The port that was taken, also where 0 was asked for. */
  readonly port: number;
  /** Stops accepting, waits for the requests in flight until the deadline, then cuts what is left. */
  close(options: { deadlineMs: number }): Promise<void>;
};

// Every limit is explicit: Node's defaults leave 60 s for headers, 300 s for a body and any number of connections.
const SERVER_OPTIONS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  // SDKs export every 5 s or so: the connection should still be there.
  keepAliveTimeout: 30_000,
  connectionsCheckingInterval: 5_000,
  maxHeaderSize: 16 * 1024,
  insecureHTTPParser: false,
  // Finds connections whose other end vanished.
  keepAlive: true,
  keepAliveInitialDelay: 60_000,
};
const MAX_HEADERS = 100;
const MAX_CONNECTIONS = 1_024;

/** Starts to listen. Rejects with AddressInUseError when the port is taken. `onError` hears what fails later. */
export const listen = async (
  handler: RequestListener,
  { host, port, onError }: { host: string; port: number; onError: (error: Error) => void },
): Promise<Listener> => {
  const server = createServer(SERVER_OPTIONS, handler);
  server.maxHeadersCount = MAX_HEADERS;
  server.maxConnections = MAX_CONNECTIONS;
  let isClosing = false;
  // While closing, a connection must not wait for another request.
  server.on('request', (_request, response) => {
    response.once('close', () => {
      if (isClosing) server.closeIdleConnections();
    });
  });
  await bind(server, { host, port });
  // For example no file descriptor left for another connection: those that are open go on.
  server.on('error', onError);
  return {
    port: (server.address() as AddressInfo).port,
    close: ({ deadlineMs }) => {
      isClosing = true;
      return close(server, deadlineMs);
    },
  };
};

const bind = (server: Server, { host, port }: { host: string; port: number }): Promise<void> =>
  new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void => {
      const what = 'the collector (OTLP/HTTP)';
      const option = '`collector.httpPort`';
      reject(
        error.code === 'EADDRINUSE' ? new AddressInUseError({ what, port, option, cause: error }) : error,
      );
    };
    server.once('error', fail).listen({ host, port }, () => {
      server.off('error', fail);
      resolve();
    });
  });

const close = (server: Server, deadlineMs: number): Promise<void> =>
  new Promise((resolve) => {
    const deadline = setTimeout(() => server.closeAllConnections(), deadlineMs);
    server.close(() => {
      clearTimeout(deadline);
      resolve();
    });
  });

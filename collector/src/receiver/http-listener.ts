import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { TlsOptions } from 'node:tls';
import { createConnectionCap } from './connection-cap.js';
import { type ListenOptions, listen } from './listen.js';

/** A listening server. */
export type Listener = {
  /** The port that was taken, also where 0 was asked for. */
  readonly port: number;
  /** Connections that are open now. */
  readonly connections: number;
  /** Stops accepting, waits for the requests in flight until the deadline, then cuts what is left. */
  close(options: { deadlineMs: number }): Promise<void>;
};

/** How long a sender may take. */
type HttpTimeouts = {
  readonly headersMs: number;
  /** Headers and body together. */
  readonly requestMs: number;
  /** For the next request on the same connection. SDKs export every 5 s or so: it should still be there. */
  readonly keepAliveMs: number;
  /** Without a byte in either direction, for example because nobody reads the answer. */
  readonly silenceMs: number;
  /** Between two looks at the first two. */
  readonly checkMs: number;
};

// Every limit is explicit: Node's defaults leave 60 s for headers, 300 s for a body and any number of connections.
const TIMEOUTS: HttpTimeouts = {
  headersMs: 10_000,
  requestMs: 30_000,
  keepAliveMs: 30_000,
  silenceMs: 60_000,
  checkMs: 5_000,
};
const MAX_HEADERS = 100;
const MAX_HEADER_BYTES = 16 * 1024;

const serverOptionsOf = ({ headersMs, requestMs, keepAliveMs, checkMs }: HttpTimeouts) => ({
  headersTimeout: headersMs,
  requestTimeout: requestMs,
  keepAliveTimeout: keepAliveMs,
  connectionsCheckingInterval: checkMs,
  maxHeaderSize: MAX_HEADER_BYTES,
  insecureHTTPParser: false,
  // Finds connections whose other end vanished.
  keepAlive: true,
  keepAliveInitialDelay: 60_000,
});

/** What an HTTP listener needs. */
export type HttpListenerOptions = ListenOptions & {
  readonly tls: TlsOptions | null;
  readonly maxConnections: number;
  /** Default: 10 s for headers, 30 s for a request, 30 s between requests, 60 s of silence. */
  readonly timeouts?: HttpTimeouts;
};

/** Serves HTTP/1.1, over TLS where `tls` is given. Rejects with AddressInUseError when the port is taken. */
export const startHttpListener = async (
  handler: RequestListener,
  { tls, maxConnections, timeouts = TIMEOUTS, ...where }: HttpListenerOptions,
): Promise<Listener> => {
  const serverOptions = serverOptionsOf(timeouts);
  const server =
    tls === null
      ? createServer(serverOptions)
      : createSecureServer({ ...serverOptions, ...tls, ALPNProtocols: ['http/1.1'] });
  server.maxHeadersCount = MAX_HEADERS;
  server.setTimeout(timeouts.silenceMs);
  const cap = createConnectionCap(server, maxConnections);
  let isClosing = false;
  server.on('request', (request, response) => {
    request.once('end', () => cap.touch(request.socket));
    response.once('close', () => {
      // While closing, a connection must not wait for another request.
      if (isClosing) server.closeIdleConnections();
    });
  });
  server.on('request', handler);
  const port = await listen(server, where);
  return {
    port,
    get connections() {
      return cap.connections;
    },
    close: ({ deadlineMs }) => {
      isClosing = true;
      return close(server, deadlineMs);
    },
  };
};

const close = (server: Server, deadlineMs: number): Promise<void> =>
  new Promise((resolve) => {
    const deadline = setTimeout(() => server.closeAllConnections(), deadlineMs);
    server.close(() => {
      clearTimeout(deadline);
      resolve();
    });
  });

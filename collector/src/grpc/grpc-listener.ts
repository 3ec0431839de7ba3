import { createServer, type Server as NetServer } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { type ChannelOptions, Server, ServerCredentials } from '@grpc/grpc-js';
import { createConnectionCap } from '../receiver/connection-cap.js';
import type { ExportHandlerOptions } from '../receiver/export-handler.js';
import type { Listener } from '../receiver/http-listener.js';
import { type ListenOptions, listen } from '../receiver/listen.js';
import { translateRefusal } from '../receiver/refusal-translation.js';
import type { Refusal } from '../refusal.js';
import { SIGNALS } from '../signal.js';
import { createCallGuard } from './call-guard.js';
import { createExportCall } from './export-call.js';
import { exportServiceOf } from './export-services.js';

/** What the gRPC listener works with: the same parts as that of HTTP. */
export type GrpcListenerOptions = ListenOptions &
  ExportHandlerOptions & { readonly tls: TlsOptions | null; readonly maxConnections: number };

// Every limit is explicit: the defaults allow any number of streams and never look after silent connections.
const SERVER_OPTIONS: ChannelOptions = {
  'grpc.max_concurrent_streams': 64,
  'grpc.max_connection_idle_ms': 5 * 60_000,
  'grpc.keepalive_time_ms': 60_000,
  'grpc.keepalive_timeout_ms': 20_000,
  'grpc.enable_channelz': 0,
};

/** Serves OTLP/gRPC, over TLS where `tls` is given. Rejects with AddressInUseError when the port is taken. */
export const startGrpcListener = async (options: GrpcListenerOptions): Promise<Listener> => {
  const { tls, maxConnections, limits, stats } = options;
  const accepting = tls === null ? createServer() : createTlsServer({ ...tls, ALPNProtocols: ['h2'] });
  const cap = createConnectionCap(accepting, maxConnections);
  const onRefused = (refusal: Refusal): void => stats.countAnswer(translateRefusal(refusal).http);
  const guard = createCallGuard({ ...options, cap, onRefused });
  const server = new Server({
    ...SERVER_OPTIONS,
    'grpc.max_receive_message_length': limits.maxBodyBytes,
    interceptors: [guard.interceptor],
  });
  for (const signal of SIGNALS) {
    server.addService(exportServiceOf(signal), { Export: createExportCall(signal, { ...options, guard }) });
  }
  // Connections are accepted and unwrapped here, so that both protocols have the same bounds and the same TLS.
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
  accepting.on(tls === null ? 'connection' : 'secureConnection', (socket) => {
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
    injector.injectConnection(socket);
  });
  const port = await listen(accepting, options);
  return {
    port,
    get connections() {
      return cap.connections;
    },
    close: async ({ deadlineMs }) => {
      const closed = closeAccepting(accepting);
      const deadline = setTimeout(() => cap.destroyAll(), deadlineMs);
      await shutDown(server);
      await closed;
      clearTimeout(deadline);
    },
  };
};

const KEEP_ALIVE_MS = 60_000;

const closeAccepting = (accepting: NetServer): Promise<void> =>
  new Promise((resolve) => accepting.close(() => resolve()));

const shutDown = (server: Server): Promise<void> =>
  new Promise((resolve) => server.tryShutdown(() => resolve()));

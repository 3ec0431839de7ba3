import type { CollectorConfig } from '@signalbox/spec';
import { startGrpcListener } from '../grpc/grpc-listener.js';
import type { Health } from '../operations/health.js';
import { createAuthenticate } from '../security/authenticate.js';
import { readTlsOptions } from '../security/read-tls-options.js';
import { readTokenDigests } from '../security/read-token-digests.js';
import { createAdmission } from './admission.js';
import { createReceiver, type ReceiverOptions } from './create-receiver.js';
import { type Listener, startHttpListener } from './http-listener.js';

/** What `startReceivers` takes. */
export type ReceiversOptions = Pick<
  ReceiverOptions,
  'consume' | 'buffers' | 'stats' | 'logger' | 'metricsPage'
> & {
  readonly config: CollectorConfig;
  /** Where tokens are looked up that the configuration names by variable. */
  readonly environment: NodeJS.ProcessEnv;
  readonly health: Health;
};

/** Both listeners. */
export type Receivers = {
  /** `http://<host>:<port>`, or `https:`. */
  readonly url: string;
  readonly port: number;
  /** `null` where gRPC is turned off. */
  readonly grpcPort: number | null;
  /** What is under way now. */
  load(): ReceiverLoad;
  /** Stops accepting and waits for the requests in flight until the deadline, then cuts what is left. */
  close(options: { deadlineMs: number }): Promise<void>;
};

/** What the receivers hold at a moment. */
export type ReceiverLoad = {
  readonly requests: number;
  readonly bytes: number;
  readonly connections: { readonly http: number; readonly grpc: number };
};

const HTTP = { protocol: 'OTLP/HTTP', option: '`collector.httpPort`' };
const GRPC = { protocol: 'OTLP/gRPC', option: '`collector.grpcPort`' };

/**
 * Starts to listen for OTLP. Rejects with AddressInUseError when a port is taken, with ConfigInvalidError when a token or
 * a TLS file is missing; nothing listens then.
 */
export const startReceivers = async (options: ReceiversOptions): Promise<Receivers> => {
  const { config, environment, logger } = options;
  const { host, maxBodyBytes, maxInflatedBytes, maxConnections } = config;
  const tls = config.tls === undefined ? null : readTlsOptions(config.tls);
  // Room for the largest request, compressed and inflated at once, and for ordinary ones beside it.
  const admission = createAdmission({ maxBytes: 2 * Math.max(maxBodyBytes, maxInflatedBytes) });
  const parts = {
    ...options,
    authenticate: createAuthenticate(readTokenDigests(config.tokens, environment)),
    admission,
    limits: { maxBodyBytes, maxInflatedBytes },
  };
  const onError = (error: Error): void => logger.error({ err: error }, 'A listener failed.');
  const shared = { host, tls, maxConnections, onError };
  const http = await startHttpListener(createReceiver(parts), { ...shared, ...HTTP, port: config.httpPort });
  const startGrpc = (port: number): Promise<Listener> =>
    startGrpcListener({ ...parts, ...shared, ...GRPC, port }).catch(async (error: unknown) => {
      await http.close({ deadlineMs: 0 });
      throw error;
    });
  const grpc = config.grpcPort === null ? null : await startGrpc(config.grpcPort);

  const scheme = tls === null ? 'http' : 'https';
  return {
    url: `${scheme}://${host.includes(':') ? `[${host}]` : host}:${http.port}`,
    port: http.port,
    grpcPort: grpc?.port ?? null,
    load: () => ({
      requests: admission.requests,
      bytes: admission.bytes,
      connections: { http: http.connections, grpc: grpc?.connections ?? 0 },
    }),
    close: async (deadline) => {
      await Promise.all([http.close(deadline), grpc?.close(deadline)]);
    },
  };
};

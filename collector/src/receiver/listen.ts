import type { AddressInfo, Server } from 'node:net';
import { AddressInUseError } from '@signalbox/spec';

/** Where a listener listens, and what its errors call it. */
export type ListenOptions = {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** For example `OTLP/HTTP`. */
  readonly protocol: string;
  /** The field of the configuration that the port comes from. */
  readonly option: string;
  /** Hears what fails later, for example that no file descriptor is left for another connection. */
  readonly onError: (error: Error) => void;
};

/** Starts to listen and resolves with the port. Rejects with AddressInUseError when it is taken. */
export const listen = (
  server: Server,
  { host, port, protocol, option, onError }: ListenOptions,
): Promise<number> =>
  new Promise((resolve, reject) => {
    const fail = (cause: NodeJS.ErrnoException): void => {
      const what = `the collector (${protocol})`;
      reject(cause.code === 'EADDRINUSE' ? new AddressInUseError({ what, port, option, cause }) : cause);
    };
    server.once('error', fail).listen({ host, port }, () => {
      // Those that are open go on.
      server.off('error', fail).on('error', onError);
      resolve((server.address() as AddressInfo).port);
    });
  });

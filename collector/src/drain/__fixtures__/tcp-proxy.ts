import { once } from 'node:events';
import { createServer, connect as openSocket, type Socket } from 'node:net';

/** What a proxy does with what goes through it. */
type ProxyMode =
  | 'pass'
  /** Requests reach the server, answers are dropped with the connection. */
  | 'lose-answers'
  /** Connections are reset as they come. */
  | 'reset'
  /** Nothing comes back, the connection stays. */
  | 'stall';

/** A TCP proxy in front of a server on this machine. */
export type TcpProxy = {
  readonly url: string;
  /** For this and later traffic. */
  mode: ProxyMode;
  /** Connections that broke because of the mode. */
  readonly faults: number;
  close(): Promise<void>;
};

export const startTcpProxy = async (target: string): Promise<TcpProxy> => {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let faults = 0;
  const proxy = { mode: 'pass' as ProxyMode };
  const server = createServer((client) => {
    const upstream = openSocket({ host: hostname, port: Number(port) });
    const end = () => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.once('close', () => {
        sockets.delete(socket);
        end();
      });
      socket.on('error', end);
    }
    client.on('data', (bytes) => {
      if (proxy.mode === 'reset') {
        faults += 1;
        end();
      } else upstream.write(bytes);
    });
    upstream.on('data', (bytes) => {
      if (proxy.mode === 'pass') client.write(bytes);
      else if (proxy.mode === 'lose-answers') {
        faults += 1;
        end();
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${address.port}`,
    get mode() {
      return proxy.mode;
    },
    set mode(mode) {
      proxy.mode = mode;
    },
    get faults() {
      return faults;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};

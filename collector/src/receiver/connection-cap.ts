import type { Server, Socket } from 'node:net';

/** Bounds the connections of a listener without letting those that only sit there shut out the others. */
export type ConnectionCap = {
  /** Connections that are open now. */
  readonly connections: number;
  /** Notes that a connection has sent a whole request. */
  touch(address: PeerAddress): void;
  /** Cuts all of them. */
  destroyAll(): void;
};

/** The other end of a connection. Names it also where TLS or HTTP/2 hide the socket. */
type PeerAddress = {
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
};

/**
 * Keeps the connections of `server` at `max`: a further one takes the place of the one that has gone longest without a
 * whole request. So senders that connect and dawdle only ever displace each other.
 */
export const createConnectionCap = (server: Server, max: number): ConnectionCap => {
  // In the order of their last whole request, or of their arrival.
  const open = new Map<string, Socket>();
  server.on('connection', (socket) => {
    const key = keyOf(socket);
    open.set(key, socket);
    socket.once('close', () => open.delete(key));
    if (open.size > max) first(open)?.destroy();
  });
  return {
    get connections() {
      return open.size;
    },
    touch(address) {
      const key = keyOf(address);
      const socket = open.get(key);
      if (socket === undefined) return;
      open.delete(key);
      open.set(key, socket);
    },
    destroyAll() {
      for (const socket of open.values()) socket.destroy();
    },
  };
};

const keyOf = ({ remoteAddress, remotePort }: PeerAddress): string => `${remoteAddress}:${remotePort}`;

const first = (sockets: ReadonlyMap<string, Socket>): Socket | undefined => sockets.values().next().value;

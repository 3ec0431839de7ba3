import { connect } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** Sends bytes as they are and reads all that comes back until the end of the connection. Latin-1. */
export const rawExchange = async (port: number, bytes: string | Uint8Array): Promise<string> => {
  const socket = connect(port, '127.0.0.1');
  socket.write(bytes);
  return (await buffer(socket)).toString('latin1');
};

/** A request to /v1/traces as text; `head` holds further header lines, each with its CRLF. */
export const rawRequest = ({
  head = '',
  body = '{}',
  path = '/v1/traces',
  length = `Content-Length: ${Buffer.byteLength(body)}\r\n`,
}: {
  head?: string;
  body?: string;
  path?: string;
  length?: string;
} = {}): string =>
  `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close\r\n${length}${head}\r\n${body}`;

import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { type ClientConnection, watchClient } from './client-connection.js';

type Exchange = { socket: Socket; response: ServerResponse; connection: ClientConnection };

/** A client that has asked and reads nothing, and the server's side of its response. */
async function openExchange(): Promise<Exchange> {
  const asked = Promise.withResolvers<ServerResponse>();
  const server = createServer((_request, response) => asked.resolve(response)).listen(0, '127.0.0.1');
  await expect.poll(() => server.listening).toBe(true);
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  onTestFinished(() => {
    socket.destroy();
    server.close();
  });
  socket.write('GET / HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n');
  const response = await asked.promise;
  return { socket, response, connection: watchClient(response) };
}

// More than a loopback connection buffers in the kernel.
const PART = 'x'.repeat(65_536);
const PARTS = 1_000;

it('writes no faster than the client reads, and loses nothing', async () => {
  const { socket, response, connection } = await openExchange();
  let largestBuffer = 0;
  let written = 0;
  const writing = (async () => {
    while (written < PARTS && (await connection.write(PART))) {
      written++;
      largestBuffer = Math.max(largestBuffer, response.writableLength);
    }
    response.end();
  })();
  // The write that waits for the client is the one not counted yet.
  await expect.poll(() => response.writableNeedDrain).toBe(true);
  expect(written).toBeLessThan(PARTS);
  let received = 0;
  for await (const part of socket) received += (part as Buffer).length;
  await writing;
  expect(written).toBe(PARTS);
  expect(received).toBeGreaterThan(PARTS * PART.length);
  expect(largestBuffer).toBeLessThan(2 * PART.length);
});

it('ends every wait when the client goes away', async () => {
  const waits: ((connection: ClientConnection) => Promise<unknown>)[] = [
    (connection) => connection.pause(1_000_000_000),
    (connection) => connection.untilGone().then(() => false),
    async (connection) => {
      while (await connection.write(PART));
      return false;
    },
  ];
  for (const wait of waits) {
    const { socket, connection } = await openExchange();
    const waiting = wait(connection);
    expect(connection.isGone()).toBe(false);
    socket.destroy();
    expect(await waiting).toBe(false);
    expect(connection.isGone()).toBe(true);
    expect(await connection.pause(0)).toBe(false);
    expect(await connection.write('late')).toBe(false);
  }
});

it('sends what was written before it cuts, and no end', async () => {
  const { socket, response, connection } = await openExchange();
  await connection.write('before the cut');
  connection.cut();
  let received = '';
  for await (const part of socket) received += String(part);
  expect(received).toContain('before the cut');
  // A chunked body ends with an empty chunk.
  expect(received).not.toContain('\r\n0\r\n\r\n');
  expect(response.writableFinished).toBe(false);
});

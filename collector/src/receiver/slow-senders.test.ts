import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { exchange, postJson } from '../__fixtures__/exchange.js';
import { exportOverGrpc } from '../__fixtures__/export-over-grpc.js';
import { rawRequest } from '../__fixtures__/raw-exchange.js';
import { spanJson, tracesJson } from '../__fixtures__/requests.js';
import { startTestCollector } from '../__fixtures__/start-test-collector.js';
import { startHttpListener } from './http-listener.js';

const PROGRAM = fileURLToPath(new URL('../__fixtures__/slow-senders.ts', import.meta.url));
const CONNECTIONS = 10_000;

/** Starts that many slow senders in a process of their own; resolves with how many there are. */
const startSlowSenders = async (
  count: number,
  { port, grpcPort }: { port: number; grpcPort: number | null },
) => {
  const child = spawn(process.execPath, [PROGRAM, String(count), String(port), String(grpcPort)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [printed] = (await once(child.stdout, 'data')) as [Buffer];
  return Number(printed.toString());
};

describe('10,000 connections that send a byte every ten seconds', () => {
  it.each([
    { what: 'all of them stay', count: CONNECTIONS, maxConnections: 2 * CONNECTIONS },
    { what: 'there is room for few of them', count: CONNECTIONS / 5, maxConnections: CONNECTIONS / 50 },
  ])('do not stop a good sender when $what', { timeout: 60_000 }, async ({ count, maxConnections }) => {
    const { collector } = await startTestCollector({ config: { grpcPort: 0, maxConnections } });
    const url = `${collector.url}/v1/traces`;
    const opened = await startSlowSenders(count, collector);
    // Fewer where there are not as many file descriptors.
    expect(opened).toBeGreaterThan(100);
    process.stdout.write(`      with ${opened} slow connections\n`);
    for (let attempt = 0; attempt < 5; attempt += 1) {
      expect((await postJson(url, tracesJson([spanJson()]))).status).toBe(200);
      const over = await exportOverGrpc({ port: collector.grpcPort, message: new Uint8Array() });
      expect(over).toMatchObject({ code: 0 });
    }
  });
});

describe('a connection cap', () => {
  it('ends the connection that has gone longest without a whole request', async () => {
    const { collector } = await startTestCollector({ config: { maxConnections: 2 } });
    const health = 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n';
    const open = async () => {
      const socket = connect(collector.port, '127.0.0.1');
      onTestFinished(() => void socket.destroy());
      socket.on('error', () => undefined);
      socket.write(health);
      await once(socket, 'data');
      return socket;
    };
    const first = await open();
    const second = await open();
    // Said something more recently than the second.
    first.write(health);
    await once(first, 'data');
    const ended = once(second, 'close');
    await open();
    await ended;
    first.write(health);
    await once(first, 'data');
  });
});

describe('timeouts', () => {
  const readAndEnd: RequestListener = (request, response) =>
    void request.resume().on('end', () => response.end());

  const start = async (handler = readAndEnd) => {
    const listener = await startHttpListener(handler, {
      host: '127.0.0.1',
      port: 0,
      protocol: 'test',
      option: 'test',
      onError: (error) => expect.unreachable(error.message),
      tls: null,
      maxConnections: 10,
      timeouts: { headersMs: 50, requestMs: 100, keepAliveMs: 50, silenceMs: 150, checkMs: 10 },
    });
    onTestFinished(() => listener.close({ deadlineMs: 0 }));
    const socket = connect(listener.port, '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    return { listener, socket };
  };

  it.each([
    { what: 'a head', sent: 'POST / HTTP/1.1\r\nHost: x\r\nX: ', answer: /^HTTP\/1\.1 408 / },
    { what: 'a body', sent: rawRequest({ length: 'Content-Length: 100\r\n' }), answer: /^HTTP\/1\.1 408 / },
    { what: 'another request', sent: 'GET / HTTP/1.1\r\nHost: x\r\n\r\n', answer: /^HTTP\/1\.1 200 / },
  ])('end a connection on which $what does not come', async ({ sent, answer }) => {
    const { socket } = await start();
    socket.write(sent);
    expect(await text(socket)).toMatch(answer);
  });

  it('end a connection on which nobody reads the answers, and stop to answer before', async () => {
    let answers = 0;
    const { listener, socket } = await start((_request, response) => {
      answers += 1;
      response.end(Buffer.alloc(10_000));
    });
    socket.pause().write('GET / HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(20_000));
    socket.on('error', () => undefined);
    await expect.poll(() => answers).toBeGreaterThan(0);
    await expect.poll(() => listener.connections, { timeout: 10_000 }).toBe(0);
    expect(answers).toBeLessThan(10_000);
  });

  it('end a connection whose other end is gone without a word', async () => {
    const { listener, socket } = await start();
    // As over a cable that was pulled: no byte comes, and no end.
    socket.pause().write(rawRequest({ length: 'Content-Length: 100\r\n' }));
    await expect.poll(() => listener.connections).toBe(1);
    await expect.poll(() => listener.connections, { timeout: 10_000 }).toBe(0);
    expect(socket.closed).toBe(false);
  });

  it('are those of the fault matrix unless told otherwise', async () => {
    const { collector } = await startTestCollector();
    const answer = await exchange({
      url: `${collector.url}/healthz`,
      method: 'GET',
      headers: { connection: 'keep-alive' },
    });
    expect(answer.headers['keep-alive']).toBe('timeout=30');
  });
});

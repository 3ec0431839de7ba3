import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { exchange, postJson } from '../__fixtures__/exchange.js';
import { createRecordingLog } from '../__fixtures__/recording-log.js';
import { spanJson, tracesJson } from '../__fixtures__/requests.js';
import { startTestCollector } from '../__fixtures__/start-test-collector.js';

const config = { maxBodyBytes: 2_000, maxInflatedBytes: 10_000 };
const headers = { 'content-type': 'application/json' };
const json = JSON.stringify(tracesJson([spanJson()]));
const padded = (length: number) => json.padEnd(length, ' ');

describe('body limits', () => {
  it.each([
    { what: 'a declared length', chunked: false },
    { what: 'no declared length', chunked: true },
  ])('answers 413 to one byte too many with $what', async ({ chunked }) => {
    const { collector, log } = await startTestCollector({ config });
    const url = `${collector.url}/v1/traces`;
    const tooLarge = await exchange({ url, headers, body: padded(2_001), chunked });
    expect(tooLarge).toMatchObject({
      status: 413,
      json: { code: 8, message: 'request body exceeds 2000 bytes' },
    });
    expect(log.entries).toHaveLength(0);
    expect((await exchange({ url, headers, body: padded(2_000), chunked })).status).toBe(200);
  });

  it('answers 413 at once when a huge length is declared, and closes', async () => {
    const { collector } = await startTestCollector({ config });
    const socket = connect(collector.port, '127.0.0.1');
    socket.write(
      'POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9000000000\r\n\r\n{',
    );
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 413 .*connection: close/is);
    expect(answer).toMatch(/\{"code":8,"message":"request body exceeds 2000 bytes"\}$/);
  });

  it('answers 413 to a body that is too large after decompression', async () => {
    const { collector, log } = await startTestCollector({ config });
    const url = `${collector.url}/v1/traces`;
    const gzip = { ...headers, 'content-encoding': 'gzip' };
    const tooLarge = await exchange({ url, headers: gzip, body: gzipSync(padded(10_001)) });
    expect(tooLarge).toMatchObject({ status: 413, json: { code: 8 } });
    expect(log.entries).toHaveLength(0);
    expect((await exchange({ url, headers: gzip, body: gzipSync(padded(10_000)) })).status).toBe(200);
  });

  it('keeps the connection usable after a refusal that read the whole body', async () => {
    const { collector } = await startTestCollector({ config });
    const bad =
      'POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 4\r\n\r\n1234';
    const last = 'GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
    const socket = connect(collector.port, '127.0.0.1');
    socket.write(bad + bad + last);
    const statuses = [...(await text(socket)).matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status);
    expect(statuses).toEqual(['400', '400', '200']);
  });

  it('answers 431 to headers that are too large', async () => {
    const { collector } = await startTestCollector();
    const url = `${collector.url}/v1/traces`;
    const answer = await exchange({
      url,
      headers: { ...headers, 'x-large': 'x'.repeat(20_000) },
      body: json,
    });
    expect(answer.status).toBe(431);
  });
});

describe('overload', () => {
  // Identical requests would join.
  const distinct = (index: number) =>
    JSON.stringify(tracesJson([spanJson({ name: `call ${index}` })])).padEnd(1_000, ' ');

  it('answers 429 with Retry-After when too many bytes are in flight', async () => {
    const { promise: until, resolve: release } = Promise.withResolvers<void>();
    const log = createRecordingLog({ until });
    // The receiver holds twice the largest body at most.
    const { collector } = await startTestCollector({
      config: { maxBodyBytes: 1_000, maxInflatedBytes: 1_000 },
      log,
    });
    const url = `${collector.url}/v1/traces`;
    const waiting = [0, 1].map((index) => exchange({ url, headers, body: distinct(index) }));
    await expect.poll(() => log.entries.length).toBe(2);
    const refused = await exchange({ url, headers, body: distinct(2) });
    expect(refused).toMatchObject({ status: 429, json: { code: 8 } });
    expect(refused.headers['retry-after']).toBe('1');
    release();
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([200, 200]);
    expect((await exchange({ url, headers, body: distinct(2) })).status).toBe(200);
  });

  it('gives back what a sender held that went away', async () => {
    const { collector } = await startTestCollector({
      config: { maxBodyBytes: 1_000, maxInflatedBytes: 1_000 },
    });
    const head =
      'POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n';
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const socket = connect(collector.port, '127.0.0.1');
      socket.write(head + 'x'.repeat(900));
      await expect.poll(() => collector.stats().inFlight).toBe(1);
      socket.destroy();
      await expect.poll(() => collector.stats().inFlight).toBe(0);
    }
    expect((await postJson(`${collector.url}/v1/traces`, tracesJson([spanJson()]))).status).toBe(200);
  });
});

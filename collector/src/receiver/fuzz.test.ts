import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryMessage } from '../__fixtures__/arbitrary-request.js';
import { encodeProtobuf } from '../__fixtures__/encode-protobuf.js';
import { exchange } from '../__fixtures__/exchange.js';
import { startTestCollector } from '../__fixtures__/start-test-collector.js';
import { exportTraceRequest } from '../otlp/traces.js';
import { SIGNALS } from '../signal.js';

const signals = fc.constantFrom(...SIGNALS);
const contentTypes = fc.constantFrom('application/json', 'application/x-protobuf');
const contentEncodings = fc.constantFrom('', 'gzip', 'zstd', 'deflate');

describe('the receiver', () => {
  it('answers any body with 200 or 400, and stays up', async () => {
    const { collector } = await startTestCollector();
    const valid = arbitraryMessage(exportTraceRequest);
    const bodies = fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
      valid.map((json) => encodeProtobuf(json, exportTraceRequest)),
      valid.map((json) => Buffer.from(JSON.stringify(json))),
    );
    await fc.assert(
      fc.asyncProperty(
        signals,
        contentTypes,
        contentEncodings,
        bodies,
        async (signal, type, encoding, body) => {
          const headers = { 'content-type': type, 'content-encoding': encoding };
          const answer = await exchange({ url: `${collector.url}/v1/${signal}`, headers, body });
          expect([200, 400]).toContain(answer.status);
          expect(answer.headers['content-type']).toBe(type);
          expect(Object.keys(Object.prototype)).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
    expect(collector.stats()).toMatchObject({ failed: 0, inFlight: 0 });
  });

  const head = 'POST /v1/traces HTTP/1.1\r\nHost: x\r\n';

  it.each([
    ['both lengths', `${head}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['two lengths', `${head}Content-Length: 4\r\nContent-Length: 5\r\n\r\n12345`],
    ['no host', 'POST /v1/traces HTTP/1.1\r\nContent-Length: 0\r\n\r\n'],
    ['a folded header', `${head}A: b\r\n c\r\nContent-Length: 0\r\n\r\n`],
    ['no HTTP', '\u0016\u0003\u0001 hello\r\n\r\n'],
  ])('answers 400 to %s', async (_what, bytes) => {
    const { collector } = await startTestCollector();
    const socket = connect(collector.port, '127.0.0.1');
    socket.end(bytes);
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('survives a header named __proto__', async () => {
    const { collector } = await startTestCollector();
    const socket = connect(collector.port, '127.0.0.1');
    socket.end(
      `${head}__proto__: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}`,
    );
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 /);
  });
});

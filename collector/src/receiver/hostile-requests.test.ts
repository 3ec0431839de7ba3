import { connect as connectHttp2, constants } from 'node:http2';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { exchange, postJson, postProtobuf } from '../__fixtures__/exchange.js';
import { exportOverGrpc } from '../__fixtures__/export-over-grpc.js';
import { rawExchange, rawRequest } from '../__fixtures__/raw-exchange.js';
import { spanJson, tracesJson } from '../__fixtures__/requests.js';
import { startTestCollector } from '../__fixtures__/start-test-collector.js';
import { exportServiceOf } from '../grpc/export-services.js';

const TOKEN = 'a-token-of-the-tests';
const tokens = [{ tenant: 'acme', token: TOKEN }];
const json = Buffer.from(JSON.stringify(tracesJson([spanJson()])));
const gzip = { 'content-encoding': 'gzip' };

const TRACE_ID = Buffer.concat([Buffer.from([0x0a, 16]), Buffer.alloc(16, 1)]);
const SPAN_ID = Buffer.concat([Buffer.from([0x12, 8]), Buffer.alloc(8, 1)]);
const IDS = Buffer.concat([TRACE_ID, SPAN_ID]);

const withLength = (tag: number, length: number): Buffer => {
  const bytes = [tag];
  for (let rest = length; ; rest >>>= 7) {
    if (rest < 0x80) return Buffer.from([...bytes, rest]);
    bytes.push((rest & 0x7f) | 0x80);
  }
};

/** A span with an attribute whose value is arrays in arrays. */
const nested = (depth: number): Buffer => {
  // array_value and values in turn, from the inside; then value, attribute, span, scope_spans and resource_spans.
  const parts: Buffer[] = [];
  let length = 0;
  const wrap = (tag: number, before = Buffer.alloc(0)): void => {
    const head = Buffer.concat([before, withLength(tag, length)]);
    parts.push(head);
    length += head.length;
  };
  for (let level = 0; level < depth; level += 1) wrap(level % 2 === 0 ? 0x0a : 0x2a);
  wrap(0x12);
  wrap(0x4a, IDS);
  wrap(0x12);
  wrap(0x12);
  wrap(0x0a);
  return Buffer.concat(parts.reverse());
};

describe('bodies', () => {
  it.each([
    { what: 'nothing', headers: {}, body: Buffer.alloc(0), status: 200 },
    { what: 'an empty envelope', headers: {}, body: Buffer.from('{}'), status: 200 },
    { what: 'broken JSON', headers: {}, body: Buffer.from('{"resourceSpans":[{'), status: 400 },
    {
      what: 'JSON that is nested a million times',
      headers: {},
      body: Buffer.alloc(1_000_000, '['),
      status: 400,
    },
    { what: 'a gzip bomb', headers: gzip, body: gzipSync(Buffer.alloc(200_000_000)), status: 413 },
    { what: 'gzip in gzip', headers: gzip, body: gzipSync(gzipSync(json)), status: 400 },
    {
      what: 'gzip in gzip that says so',
      headers: { 'content-encoding': 'gzip, gzip' },
      body: gzipSync(gzipSync(json)),
      status: 400,
    },
    {
      what: 'two gzip members',
      headers: gzip,
      body: Buffer.concat([gzipSync(json.subarray(0, 50)), gzipSync(json.subarray(50))]),
      status: 200,
    },
    {
      what: 'bytes behind gzip',
      headers: gzip,
      body: Buffer.concat([gzipSync(json), Buffer.from('more')]),
      status: 400,
    },
    { what: 'cut gzip', headers: gzip, body: gzipSync(json).subarray(0, -4), status: 400 },
    { what: 'an unknown encoding', headers: { 'content-encoding': 'br' }, body: json, status: 400 },
  ])('answers $status to $what', async ({ headers, body, status }) => {
    const { collector } = await startTestCollector();
    const answer = await exchange({
      url: `${collector.url}/v1/traces`,
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    expect(answer.status).toBe(status);
    // A refusal is a google.rpc.Status in the encoding of the request.
    expect(answer.json).toEqual(
      status === 200 ? {} : { code: expect.any(Number), message: expect.any(String) },
    );
  });

  it.each([
    { what: 'values that are nested 100,000 times', body: nested(100_000) },
    { what: 'groups that are nested 100,000 times', body: Buffer.alloc(100_000, 0x0b) },
    { what: 'a length beyond the end', body: Buffer.from([0x0a, 0xff, 0xff, 0xff, 0x7f]) },
    { what: 'a varint without an end', body: Buffer.alloc(64, 0xff) },
  ])('answers 400 to protobuf with $what', async ({ body }) => {
    const { collector } = await startTestCollector();
    expect((await postProtobuf(`${collector.url}/v1/traces`, body)).status).toBe(400);
  });

  it('stores the good spans of a request and rejects the bad ones', async () => {
    const { collector, log } = await startTestCollector();
    const spans = [spanJson(), spanJson({ traceId: '00' }), spanJson({ spanId: 'eee19b7ec3c1b175' })];
    const answer = await postJson(`${collector.url}/v1/traces`, tracesJson(spans));
    expect(answer).toMatchObject({ status: 200, json: { partialSuccess: { rejectedSpans: '1' } } });
    expect(log.rows('otel_traces')).toHaveLength(2);
  });

  it('keeps its answer small, whatever was wrong with however many items', async () => {
    const { collector } = await startTestCollector();
    const spans = Array.from({ length: 5_000 }, (_, index) =>
      spanJson({ kind: 1_000 + index, spanId: 'x'.repeat(50) }),
    );
    const answer = await postJson(`${collector.url}/v1/traces`, tracesJson(spans));
    expect(answer.body.length).toBeLessThan(4_096);
  });
});

describe('heads', () => {
  const body = '{}';
  const TE = 'Transfer-Encoding: chunked\r\n';
  const CL = 'Content-Length: 2\r\n';
  it.each([
    { what: 'a header of 20 kB', text: rawRequest({ head: `X: ${'x'.repeat(20_000)}\r\n` }), status: 431 },
    { what: '3,000 headers', text: rawRequest({ head: 'Baggage: a=b\r\n'.repeat(3_000) }), status: 431 },
    {
      what: 'two framings',
      text: rawRequest({ length: CL + TE, body: `2\r\n${body}\r\n0\r\n\r\n` }),
      status: 400,
    },
    {
      what: 'two different lengths',
      text: rawRequest({ length: `${CL}Content-Length: 3\r\n` }),
      status: 400,
    },
    { what: 'a negative length', text: rawRequest({ length: 'Content-Length: -2\r\n' }), status: 400 },
    { what: 'bare line feeds', text: rawRequest().replaceAll('\r\n', '\n'), status: 400 },
    { what: 'a folded header', text: rawRequest({ head: 'X: a\r\n b\r\n' }), status: 400 },
    { what: 'no host', text: rawRequest().replace('Host: x\r\n', ''), status: 400 },
    { what: 'a NUL', text: rawRequest({ head: 'X: \0\r\n' }), status: 400 },
    { what: 'another protocol', text: 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', status: 400 },
    { what: 'a header called __proto__', text: rawRequest({ head: '__proto__: x\r\n' }), status: 200 },
    { what: 'a bad chunk', text: rawRequest({ length: TE, body: 'zz\r\n' }), status: 400 },
  ])('answers $status to $what', async ({ text, status }) => {
    const { collector } = await startTestCollector();
    expect(await rawExchange(collector.port, text)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(Object.keys(Object.prototype)).toEqual([]);
    // It is none the worse for it.
    expect((await postJson(`${collector.url}/v1/traces`, tracesJson([spanJson()]))).status).toBe(200);
  });

  it.each([
    {
      what: 'two tokens',
      head: `Authorization: Bearer ${TOKEN}\r\nAuthorization: Bearer ${TOKEN}\r\n`,
      status: 401,
    },
    { what: 'a token in the address', path: `/v1/traces?access_token=${TOKEN}`, status: 401 },
    { what: 'a token in another header', head: `X-Api-Key: ${TOKEN}\r\n`, status: 401 },
    {
      what: 'a host of another place',
      head: 'X-Forwarded-Host: localhost/#@x\r\nX-Forwarded-For: 127.0.0.1\r\n',
      status: 401,
    },
    { what: 'an absolute address', path: 'http://localhost/v1/traces', status: 401 },
    { what: 'another method in a header', head: 'X-HTTP-Method-Override: GET\r\n', status: 401 },
    { what: 'two slashes', path: '//v1/traces', status: 404 },
    { what: 'a dot', path: '/v1/./traces', status: 404 },
    { what: 'two dots', path: '/healthz/../v1/traces', status: 404 },
    { what: 'an encoded slash', path: '/v1%2ftraces', status: 404 },
    { what: 'a semicolon', path: '/v1/traces;x=1', status: 404 },
    { what: 'another letter case', path: '/v1/Traces', status: 404 },
    { what: 'a slash at the end', path: '/v1/traces/', status: 404 },
  ])('does not let in $what', async ({ status, ...request }) => {
    const { collector, log } = await startTestCollector({ config: { tokens } });
    const answer = await rawExchange(collector.port, rawRequest({ ...request, body: json.toString() }));
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(log.entries).toHaveLength(0);
  });
});

describe('HTTP/2', () => {
  it('outlives a flood of calls that are given up at once', async () => {
    const { collector } = await startTestCollector({ config: { grpcPort: 0 } });
    const session = connectHttp2(`http://127.0.0.1:${collector.grpcPort}`);
    onTestFinished(() => session.destroy());
    // The server may end such a session; it must not end itself.
    session.on('error', () => undefined);
    const { path } = exportServiceOf('traces').Export;
    for (let count = 0; count < 5_000 && !session.closed && !session.destroyed; count += 1) {
      const stream = session.request({
        ':method': 'POST',
        ':path': path,
        'content-type': 'application/grpc',
      });
      stream.on('error', () => undefined);
      stream.close(constants.NGHTTP2_CANCEL);
    }
    const answer = await exportOverGrpc({ port: collector.grpcPort, message: new Uint8Array() });
    expect(answer).toMatchObject({ code: 0 });
    await expect.poll(() => collector.stats().inFlight).toBe(0);
  });

  it('closes connections that do not speak it', async () => {
    const { collector } = await startTestCollector({ config: { grpcPort: 0 } });
    const answer = await rawExchange(collector.grpcPort ?? 0, rawRequest());
    // A GOAWAY or nothing, but no answer.
    expect(answer).not.toContain('HTTP/1.1');
    const socket = connect(collector.grpcPort ?? 0, '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    expect(await exportOverGrpc({ port: collector.grpcPort, message: new Uint8Array() })).toMatchObject({
      code: 0,
    });
  });
});

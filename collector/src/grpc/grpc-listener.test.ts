import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import { connect, createServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-grpc';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { AddressInUseError, LogFullError } from '@signalbox/spec';
import { describe, expect, it, onTestFinished } from 'vitest';
import { encodeProtobuf } from '../__fixtures__/encode-protobuf.js';
import { exportOverGrpc } from '../__fixtures__/export-over-grpc.js';
import { createRecordingLog } from '../__fixtures__/recording-log.js';
import { spanJson, tracesJson } from '../__fixtures__/requests.js';
import { startTestCollector } from '../__fixtures__/start-test-collector.js';
import { exportTraceRequest } from '../otlp/traces.js';
import { SIGNALS } from '../signal.js';
import { exportServiceOf } from './export-services.js';

const config = { grpcPort: 0 };
const message = encodeProtobuf(tracesJson([spanJson()]) as never, exportTraceRequest);
/** A message that is as long as asked: an unknown field of padding behind a good request. */
const padded = (length: number, fill = 0): Buffer => {
  const padding = length - message.length - 4;
  return Buffer.concat([
    message,
    Buffer.from([0xfa, 0x3f, (padding & 0x7f) | 0x80, padding >> 7]),
    Buffer.alloc(padding, fill),
  ]);
};

describe('OTLP/gRPC', () => {
  it.each(SIGNALS)('answers an empty %s request with an empty success', async (signal) => {
    const { collector } = await startTestCollector({ config });
    const answer = await exportOverGrpc({ port: collector.grpcPort, signal, message: new Uint8Array() });
    expect(answer).toMatchObject({ code: 0, body: Buffer.alloc(0) });
  });

  it.each([{ gzip: false }, { gzip: true }])('stores what it answers, with gzip: $gzip', async ({ gzip }) => {
    const { collector, log } = await startTestCollector({ config });
    expect(await exportOverGrpc({ port: collector.grpcPort, message, gzip })).toMatchObject({ code: 0 });
    expect(log.rows('otel_traces')).toHaveLength(1);
    expect(collector.stats()).toMatchObject({ requests: 1, inFlight: 0, accepted: { traces: 1 } });
  });

  it('tells which items were rejected while the others are stored', async () => {
    const { collector, log } = await startTestCollector({ config });
    const mixed = encodeProtobuf(
      tracesJson([spanJson(), spanJson({ spanId: '' })]) as never,
      exportTraceRequest,
    );
    const { code, body } = await exportOverGrpc({ port: collector.grpcPort, message: mixed });
    // partial_success { rejected_spans: 1, error_message: ... }
    expect([code, body[0], body.toString('hex', 2, 5)]).toEqual([0, 0x0a, '080112']);
    expect(body.toString('utf8', 6)).toMatch(/^1 rejected: /);
    expect(log.rows('otel_traces')).toHaveLength(1);
  });

  it('answers UNAVAILABLE with RetryInfo while the log takes nothing', async () => {
    const failure = new LogFullError({ directory: '/somewhere', reason: 'the reason' });
    const { collector } = await startTestCollector({ config, log: createRecordingLog({ failure }) });
    const answer = await exportOverGrpc({ port: collector.grpcPort, message });
    expect(answer).toMatchObject({ code: 14, details: 'no room for more telemetry at the moment' });
    // The end of google.rpc.Status: RetryInfo { retry_delay { seconds: 5 } }.
    const info = answer.status?.subarray(-'RetryInfo'.length - 6).toString('latin1');
    expect(info).toBe('RetryInfo\u0012\u0004\n\u0002\b\u0005');
  });

  it('answers INVALID_ARGUMENT to what is not OTLP', async () => {
    const { collector } = await startTestCollector({ config });
    const answer = await exportOverGrpc({
      port: collector.grpcPort,
      message: Buffer.from('{"key": "value"}'),
    });
    expect(answer.code).toBe(3);
    expect(collector.stats()).toMatchObject({ refused: 1 });
  });

  it('answers UNIMPLEMENTED to another service', async () => {
    const { collector } = await startTestCollector({ config });
    const session = connectHttp2(`http://127.0.0.1:${collector.grpcPort}`);
    onTestFinished(() => session.destroy());
    const stream = session.request({
      ':method': 'POST',
      ':path': '/a.b.C/Export',
      'content-type': 'application/grpc',
    });
    const [headers] = (await once(stream.end(), 'response')) as [Record<string, unknown>];
    expect(headers['grpc-status']).toBe('12');
  });

  it('answers RESOURCE_EXHAUSTED without RetryInfo to a message over a limit', async () => {
    const { collector, log } = await startTestCollector({
      config: { ...config, maxBodyBytes: 2_000, maxInflatedBytes: 10_000 },
    });
    const port = collector.grpcPort;
    expect(await exportOverGrpc({ port, message: padded(2_000) })).toMatchObject({ code: 0 });
    expect(await exportOverGrpc({ port, message: padded(2_001) })).toMatchObject({ code: 8, status: null });
    expect(await exportOverGrpc({ port, message: padded(10_000), gzip: true })).toMatchObject({ code: 0 });
    const bomb = await exportOverGrpc({ port, message: padded(10_001), gzip: true });
    expect(bomb).toMatchObject({ code: 8, status: null });
    expect(bomb.details).toBe('request body exceeds 10000 bytes after decompression');
    expect(log.entries).toHaveLength(2);
  });

  it('refuses what would be too many bytes in flight, counted as they arrive', async () => {
    const { promise: until, resolve: release } = Promise.withResolvers<void>();
    const { collector, log } = await startTestCollector({
      config: { ...config, maxBodyBytes: 2_000, maxInflatedBytes: 2_000 },
      log: createRecordingLog({ until }),
    });
    const port = collector.grpcPort;
    const waiting = [1, 2].map((fill) => exportOverGrpc({ port, message: padded(1_900, fill) }));
    await expect.poll(() => log.entries.length).toBe(2);
    const refused = await exportOverGrpc({ port, message: padded(1_900, 3) });
    expect(refused).toMatchObject({ code: 8, details: 'too many bytes in flight' });
    expect(refused.status).not.toBeNull();
    expect(collector.stats()).toMatchObject({ refused: 1 });
    release();
    expect((await Promise.all(waiting)).map(({ code }) => code)).toEqual([0, 0]);
    expect(await exportOverGrpc({ port, message: padded(1_900, 3) })).toMatchObject({ code: 0 });
    expect(collector.stats().inFlight).toBe(0);
  });

  it('gives back what a caller held that went away', async () => {
    const { collector } = await startTestCollector({ config });
    const session = connectHttp2(`http://127.0.0.1:${collector.grpcPort}`);
    const { path } = exportServiceOf('traces').Export;
    const stream = session.request({ ':method': 'POST', ':path': path, 'content-type': 'application/grpc' });
    stream.on('error', () => undefined);
    stream.write(Buffer.from([0, 0, 0, 1, 0, 10]));
    await expect.poll(() => collector.stats().inFlight).toBe(1);
    session.destroy();
    await expect.poll(() => collector.stats().inFlight).toBe(0);
  });

  it('takes the spans of the OpenTelemetry SDK', async () => {
    const { collector, log } = await startTestCollector({ config });
    const otlp = new OTLPTraceExporter({ url: `http://127.0.0.1:${collector.grpcPort}` });
    const memory = new InMemorySpanExporter();
    const provider = new TracerProvider({
      spanProcessors: [
        new SimpleSpanProcessor({ exporter: otlp }),
        new SimpleSpanProcessor({ exporter: memory }),
      ],
    });
    provider.getTracer('test').startSpan('a span').end();
    await provider.shutdown();
    expect(log.rows('otel_traces').map(({ SpanName }) => SpanName)).toEqual(['a span']);
  });

  it('refuses a taken port by name and number, and listens on none then', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    const { port } = other.address() as { port: number };
    const attempt = startTestCollector({ config: { grpcPort: port } });
    await expect(attempt).rejects.toBeInstanceOf(AddressInUseError);
    await expect(attempt).rejects.toThrow(`Port ${port} for the collector (OTLP/gRPC) is in use.`);
  });
});

describe('close over gRPC', () => {
  it('answers the calls in flight, then refuses connections', async () => {
    const { promise: until, resolve: store } = Promise.withResolvers<void>();
    const { collector, log } = await startTestCollector({
      config,
      log: createRecordingLog({ until }),
    });
    const answer = exportOverGrpc({ port: collector.grpcPort, message });
    await expect.poll(() => log.entries.length).toBe(1);
    const closed = collector.close();
    const late = await exportOverGrpc({ port: collector.grpcPort, message });
    expect(late.code).toBe(14);
    store();
    expect((await answer).code).toBe(0);
    await closed;
  });

  it('cuts calls and silent connections at the deadline', async () => {
    const log = createRecordingLog({ until: new Promise(() => undefined) });
    const { collector } = await startTestCollector({ config, log });
    const silent = connect(collector.grpcPort ?? 0, '127.0.0.1');
    const ended = once(silent, 'close');
    silent.on('error', () => undefined).resume();
    const answer = exportOverGrpc({ port: collector.grpcPort, message });
    await expect.poll(() => log.entries.length).toBe(1);
    await collector.close({ deadlineMs: 1 });
    expect([13, 14]).toContain((await answer).code);
    await ended;
  });
});

it('takes a message that says gzip and is not compressed', async () => {
  const { collector, log } = await startTestCollector({ config });
  const { path } = exportServiceOf('traces').Export;
  const send = async (flag: number, bytes: Buffer): Promise<string> => {
    const session = connectHttp2(`http://127.0.0.1:${collector.grpcPort}`);
    onTestFinished(() => session.destroy());
    const headers = {
      ':method': 'POST',
      ':path': path,
      'content-type': 'application/grpc',
      'grpc-encoding': 'gzip',
    };
    const stream = session.request(headers);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    stream.end(Buffer.concat([Buffer.from([flag]), length, bytes]));
    const statuses: unknown[] = [];
    for (const event of ['response', 'trailers']) {
      stream.on(event, (fields: Record<string, unknown>) => statuses.push(fields['grpc-status']));
    }
    await once(stream.resume(), 'close');
    return String(statuses.find((status) => status !== undefined));
  };
  expect(await send(0, Buffer.from(message))).toBe('0');
  expect(await send(1, gzipSync(message))).toBe('0');
  expect(await send(1, gzipSync(message).subarray(0, 40))).toBe('3');
  // The second is the first once more.
  expect(log.entries).toHaveLength(1);
  expect(collector.stats()).toMatchObject({ requests: 3, repeated: 1, refused: 1, accepted: { traces: 1 } });
});

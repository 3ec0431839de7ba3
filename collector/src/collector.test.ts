import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { AddressInUseError } from '@signalbox/spec';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { exchange, postJson, postProtobuf } from './__fixtures__/exchange.js';
import { createRecordingExporter, type RecordingExporter } from './__fixtures__/recording-exporter.js';
import { logsJson, metricsJson, spanJson, tracesJson } from './__fixtures__/requests.js';
import { startTestCollector } from './__fixtures__/start-test-collector.js';

describe('startCollector', () => {
  it('answers 200 only after the exporter has stored the rows', async () => {
    const { promise: until, resolve: store } = Promise.withResolvers<void>();
    const { collector, exporter } = await startTestCollector({
      exporter: createRecordingExporter({ until }),
    });
    let answered = false;
    const answer = postJson(`${collector.url}/v1/traces`, tracesJson([spanJson()])).finally(() => {
      answered = true;
    });
    await expect.poll(() => exporter.batches.length).toBe(1);
    // A whole other exchange fits in between.
    await exchange({ url: `${collector.url}/healthz`, method: 'GET' });
    expect(answered).toBe(false);
    expect(collector.stats()).toMatchObject({ requests: 0, inFlight: 1, accepted: { traces: 0 } });
    store();
    expect((await answer).status).toBe(200);
    expect(collector.stats()).toMatchObject({ requests: 1, inFlight: 0, accepted: { traces: 1 } });
  });

  it.each(['traces', 'metrics', 'logs'])(
    'answers an empty %s request with an empty success',
    async (signal) => {
      const { collector, exporter } = await startTestCollector();
      const url = `${collector.url}/v1/${signal}`;
      expect(await postJson(url, '{}')).toMatchObject({ status: 200, json: {} });
      expect(await postJson(url, '')).toMatchObject({ status: 200, json: {} });
      const binary = await postProtobuf(url, new Uint8Array());
      expect([binary.status, binary.body.length]).toEqual([200, 0]);
      expect(exporter.batches).toHaveLength(0);
    },
  );

  it('counts what it stored, rejected, refused and failed, per signal', async () => {
    const { collector } = await startTestCollector();
    await postJson(`${collector.url}/v1/traces`, tracesJson([spanJson(), spanJson({ spanId: '' })]));
    await postJson(`${collector.url}/v1/logs`, logsJson([{ body: { stringValue: 'a' } }, {}]));
    const dataPoints = [{ asInt: '1', timeUnixNano: '1763700000000000000' }];
    await postJson(`${collector.url}/v1/metrics`, metricsJson([{ name: 'm', gauge: { dataPoints } }]));
    await postJson(`${collector.url}/v1/metrics`, 'no json');
    expect(collector.stats()).toEqual({
      requests: 4,
      refused: 1,
      failed: 0,
      inFlight: 0,
      accepted: { traces: 1, metrics: 1, logs: 2 },
      rejected: { traces: 1, metrics: 0, logs: 0 },
    });
  });

  it('refuses a taken port by name and number', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    const address = other.address();
    const httpPort = typeof address === 'object' && address !== null ? address.port : 0;
    const attempt = startTestCollector({ config: { httpPort } });
    await expect(attempt).rejects.toBeInstanceOf(AddressInUseError);
    await expect(attempt).rejects.toThrow(`Port ${httpPort} for the collector (OTLP/HTTP) is in use.`);
  });

  it('logs failures without telemetry in them', async () => {
    const lines: string[] = [];
    const logger = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
    const result = { status: 'retryable', reason: 'the reason', detail: 'the detail' } as const;
    const { collector } = await startTestCollector({ logger, exporter: createRecordingExporter({ result }) });
    const url = `${collector.url}/v1/traces`;
    await postJson(url, tracesJson([spanJson({ name: 'CANARY' })]));
    await postJson(url, '{"CANARY": CANARY}');
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { msg: 'Collector listens.', url: collector.url },
      { msg: 'Request refused.', signal: 'traces', status: 'retryable', detail: 'the detail' },
      { msg: 'Request refused.', signal: 'traces', status: 'malformed' },
    ]);
    expect(lines.join('')).not.toContain('CANARY');
  });

  it('answers 500 without details when the exporter breaks its word', async () => {
    const lines: string[] = [];
    const logger = pino({ level: 'error' }, { write: (line: string) => void lines.push(line) });
    const exporter = {
      ...createRecordingExporter(),
      export: () => Promise.reject(new Error('a mistake')),
    };
    const { collector } = await startTestCollector({ logger, exporter });
    const answer = await postJson(`${collector.url}/v1/traces`, tracesJson([spanJson()]));
    expect(answer).toMatchObject({ status: 500, json: { code: 13, message: 'internal error' } });
    expect(JSON.parse(lines.join(''))).toMatchObject({
      msg: 'Unexpected failure.',
      err: { message: 'a mistake' },
    });
    expect(collector.stats()).toMatchObject({ failed: 1, inFlight: 0 });
  });

  it('tells the exporter when the sender no longer waits', async () => {
    const signals: (AbortSignal | undefined)[] = [];
    const exporter: RecordingExporter = {
      ...createRecordingExporter(),
      async export(_batch, { signal } = {}) {
        signals.push(signal);
        if (signal) await once(signal, 'abort');
        return { status: 'succeeded' };
      },
    };
    const { collector } = await startTestCollector({ exporter });
    const body = JSON.stringify(tracesJson([spanJson()]));
    const socket = connect(collector.port, '127.0.0.1');
    socket.write(
      `POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    await expect.poll(() => signals.length).toBe(1);
    socket.destroy();
    await expect.poll(() => collector.stats()).toMatchObject({ inFlight: 0, accepted: { traces: 1 } });
  });

  it('sends nothing about itself or its framework', async () => {
    const { collector } = await startTestCollector();
    const { headers } = await postJson(`${collector.url}/v1/traces`, '{}');
    expect(Object.keys(headers).sort()).toEqual(['connection', 'content-length', 'content-type', 'date']);
  });
});

describe('health', () => {
  it('is alive whatever the store says', async () => {
    const { collector } = await startTestCollector({
      exporter: createRecordingExporter({ notReady: 'down' }),
    });
    const answer = await exchange({ url: `${collector.url}/healthz`, method: 'GET' });
    expect(answer).toMatchObject({ status: 200, json: { status: 'alive' } });
  });

  it.each([
    { notReady: null, status: 200, json: { status: 'ready' } },
    {
      notReady: 'ClickHouse is down',
      status: 503,
      json: { status: 'not-ready', reason: 'ClickHouse is down' },
    },
  ])('is ready as the exporter is: $status', async ({ notReady, status, json }) => {
    const { collector } = await startTestCollector({ exporter: createRecordingExporter({ notReady }) });
    const answer = await exchange({ url: `${collector.url}/readyz`, method: 'GET' });
    expect(answer).toMatchObject({ status, json });
  });
});

describe('close', () => {
  it('answers the requests in flight, then refuses connections', async () => {
    const { promise: until, resolve: store } = Promise.withResolvers<void>();
    const { collector, exporter } = await startTestCollector({
      exporter: createRecordingExporter({ until }),
    });
    const answer = postJson(`${collector.url}/v1/traces`, tracesJson([spanJson()]));
    await expect.poll(() => exporter.batches.length).toBe(1);
    const closed = collector.close();
    await expect(exchange({ url: `${collector.url}/healthz`, method: 'GET' })).rejects.toThrow(
      /ECONNREFUSED/,
    );
    store();
    expect((await answer).status).toBe(200);
    await closed;
  });

  it('closes connections that wait for another request', async () => {
    const { collector } = await startTestCollector();
    const socket = connect(collector.port, '127.0.0.1');
    socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(socket, 'data');
    await collector.close();
    expect(await text(socket)).toBe('');
  });

  it('closes a kept-alive connection after its last answer', { timeout: 5_000 }, async () => {
    const { promise: until, resolve: store } = Promise.withResolvers<void>();
    const { collector, exporter } = await startTestCollector({
      exporter: createRecordingExporter({ until }),
    });
    const body = JSON.stringify(tracesJson([spanJson()]));
    const socket = connect(collector.port, '127.0.0.1');
    socket.write(
      `POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    await expect.poll(() => exporter.batches.length).toBe(1);
    // Longer than the test may take: nothing but the answer ends the wait.
    const closed = collector.close({ deadlineMs: 600_000 });
    store();
    await closed;
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('cuts what is left at the deadline', async () => {
    const exporter = createRecordingExporter({ until: new Promise(() => undefined) });
    const { collector } = await startTestCollector({ exporter });
    const answer = postJson(`${collector.url}/v1/traces`, tracesJson([spanJson()]));
    const lost = expect(answer).rejects.toThrow(/socket hang up|ECONNRESET/);
    await expect.poll(() => exporter.batches.length).toBe(1);
    await collector.close({ deadlineMs: 1 });
    await lost;
  });

  it('can be called again', async () => {
    const { collector } = await startTestCollector();
    await Promise.all([collector.close(), collector.close()]);
    await collector.close();
  });
});

import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { LogFullError } from '@signalbox/spec';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { exchange, postJson, postProtobuf } from '../__fixtures__/exchange.js';
import { createRecordingLog } from '../__fixtures__/recording-log.js';
import { logsJson, metricsJson, spanJson, tracesJson } from '../__fixtures__/requests.js';
import { startTestCollector } from '../__fixtures__/start-test-collector.js';

describe('the receivers', () => {
  it('answer 200 only after the log has the rows', async () => {
    const { promise: until, resolve: store } = Promise.withResolvers<void>();
    const { collector, log } = await startTestCollector({
      log: createRecordingLog({ until }),
    });
    let answered = false;
    const answer = postJson(`${collector.url}/v1/traces`, tracesJson([spanJson()])).finally(() => {
      answered = true;
    });
    await expect.poll(() => log.entries.length).toBe(1);
    // A whole other exchange fits in between.
    await exchange({ url: `${collector.url}/healthz`, method: 'GET' });
    expect(answered).toBe(false);
    expect(collector.stats()).toMatchObject({ requests: 0, inFlight: 1, accepted: { traces: 0 } });
    store();
    expect((await answer).status).toBe(200);
    expect(collector.stats()).toMatchObject({ requests: 1, inFlight: 0, accepted: { traces: 1 } });
  });

  it.each(['traces', 'metrics', 'logs'])(
    'answer an empty %s request with an empty success',
    async (signal) => {
      const { collector, log } = await startTestCollector();
      const url = `${collector.url}/v1/${signal}`;
      expect(await postJson(url, '{}')).toMatchObject({ status: 200, json: {} });
      expect(await postJson(url, '')).toMatchObject({ status: 200, json: {} });
      const binary = await postProtobuf(url, new Uint8Array());
      expect([binary.status, binary.body.length]).toEqual([200, 0]);
      expect(log.entries).toHaveLength(0);
    },
  );

  it('count what they stored, rejected, refused and failed, per signal', async () => {
    const { collector } = await startTestCollector();
    await postJson(`${collector.url}/v1/traces`, tracesJson([spanJson(), spanJson({ spanId: '' })]));
    await postJson(`${collector.url}/v1/logs`, logsJson([{ body: { stringValue: 'a' } }, {}]));
    const dataPoints = [{ asInt: '1', timeUnixNano: '1763700000000000000' }];
    await postJson(`${collector.url}/v1/metrics`, metricsJson([{ name: 'm', gauge: { dataPoints } }]));
    await postJson(`${collector.url}/v1/metrics`, 'no json');
    expect(collector.stats()).toEqual({
      requests: 4,
      refused: 1,
      repeated: 0,
      failed: 0,
      inFlight: 0,
      accepted: { traces: 1, metrics: 1, logs: 2 },
      rejected: { traces: 1, metrics: 0, logs: 0 },
    });
  });

  it('log failures without telemetry in them', async () => {
    const lines: string[] = [];
    const logger = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
    const failure = new LogFullError({ directory: '/somewhere', reason: 'the reason' });
    const { collector } = await startTestCollector({ logger, log: createRecordingLog({ failure }) });
    const url = `${collector.url}/v1/traces`;
    await postJson(url, tracesJson([spanJson({ name: 'CANARY' })]));
    await postJson(url, '{"CANARY": CANARY}');
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { msg: 'Request refused.', signal: 'traces', status: 'unavailable', detail: failure.message },
      { msg: 'Request refused.', signal: 'traces', status: 'malformed' },
    ]);
    expect(lines.join('')).not.toContain('CANARY');
  });

  it('answer 500 without details when the log breaks its word', async () => {
    const lines: string[] = [];
    const logger = pino({ level: 'error' }, { write: (line: string) => void lines.push(line) });
    const log = createRecordingLog({ failure: new Error('a mistake') });
    const { collector } = await startTestCollector({ logger, log });
    const answer = await postJson(`${collector.url}/v1/traces`, tracesJson([spanJson()]));
    expect(answer).toMatchObject({ status: 500, json: { code: 13, message: 'internal error' } });
    expect(JSON.parse(lines.join(''))).toMatchObject({
      msg: 'Unexpected failure.',
      err: { message: 'a mistake' },
    });
    expect(collector.stats()).toMatchObject({ failed: 1, inFlight: 0 });
  });

  it('send nothing about themselves or their framework', async () => {
    const { collector } = await startTestCollector();
    const { headers } = await postJson(`${collector.url}/v1/traces`, '{}');
    expect(Object.keys(headers).sort()).toEqual(['connection', 'content-length', 'content-type', 'date']);
  });
});

describe('health', () => {
  const health = async () => ({ collector: null, log: 'the disk is full', clickhouse: 'it is down' });

  it('is alive whatever the log and ClickHouse say', async () => {
    const { collector } = await startTestCollector({ health });
    const answer = await exchange({ url: `${collector.url}/healthz`, method: 'GET' });
    expect(answer).toMatchObject({ status: 200, json: { status: 'alive' } });
  });

  it('is ready when everything is in order', async () => {
    const { collector } = await startTestCollector();
    const answer = await exchange({ url: `${collector.url}/readyz`, method: 'GET' });
    const checks = { collector: 'ok', log: 'ok', clickhouse: 'ok' };
    expect(answer).toMatchObject({ status: 200, json: { status: 'ready', checks } });
  });

  it('names everything that is not', async () => {
    const { collector } = await startTestCollector({ health });
    const answer = await exchange({ url: `${collector.url}/readyz`, method: 'GET' });
    expect(answer.status).toBe(503);
    expect(answer.json).toEqual({
      status: 'not-ready',
      reason: 'the disk is full',
      checks: { collector: 'ok', log: 'the disk is full', clickhouse: 'it is down' },
    });
  });
});

describe('close', () => {
  it('answers the requests in flight, then refuses connections', async () => {
    const { promise: until, resolve: store } = Promise.withResolvers<void>();
    const { collector, log } = await startTestCollector({
      log: createRecordingLog({ until }),
    });
    const answer = postJson(`${collector.url}/v1/traces`, tracesJson([spanJson()]));
    await expect.poll(() => log.entries.length).toBe(1);
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
    const { collector, log } = await startTestCollector({
      log: createRecordingLog({ until }),
    });
    const body = JSON.stringify(tracesJson([spanJson()]));
    const socket = connect(collector.port, '127.0.0.1');
    socket.write(
      `POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    await expect.poll(() => log.entries.length).toBe(1);
    // Longer than the test may take: nothing but the answer ends the wait.
    const closed = collector.close({ deadlineMs: 600_000 });
    store();
    await closed;
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('cuts what is left at the deadline', async () => {
    const log = createRecordingLog({ until: new Promise(() => undefined) });
    const { collector } = await startTestCollector({ log });
    const answer = postJson(`${collector.url}/v1/traces`, tracesJson([spanJson()]));
    const lost = expect(answer).rejects.toThrow(/socket hang up|ECONNRESET/);
    await expect.poll(() => log.entries.length).toBe(1);
    await collector.close({ deadlineMs: 1 });
    await lost;
  });

  it('can be called again', async () => {
    const { collector } = await startTestCollector();
    await Promise.all([collector.close(), collector.close()]);
    await collector.close();
  });
});

import { createStore } from '@signalbox/store';
import fc from 'fast-check';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { anyValue, arbitraryMessage } from './__fixtures__/arbitrary-request.js';
import { exchange, postJson } from './__fixtures__/exchange.js';
import { logsJson, metricsJson, spanJson, tracesJson } from './__fixtures__/requests.js';
import {
  MESSAGES,
  nowNano as nano,
  serviceJson as service,
  useStoredCollector,
} from './__fixtures__/start-stored-collector.js';
import { testConfig } from './__fixtures__/start-test-collector.js';
import { startCollector } from './collector.js';
import { decodeRequest } from './otlp/decode-request.js';
import { exportLogsRequest } from './otlp/logs.js';
import { createRejections } from './rejections.js';
import { toAttributes } from './rows/attributes.js';
import { SIGNALS } from './signal.js';

const stored = useStoredCollector();

describe('ClickHouse', () => {
  it.each(SIGNALS)('refuses no row of any %s request', async (signal) => {
    await fc.assert(
      fc.asyncProperty(arbitraryMessage(MESSAGES[signal]), async (json) => {
        expect(await stored.send(signal, json as object, 'protobuf')).toMatchObject({ status: 200 });
      }),
      { numRuns: 40 },
    );
  });

  it('reads back any attribute under any key', async () => {
    const key = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('__proto__', 'constructor.prototype.x'),
    );
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ key, value: anyValue }), { maxLength: 6 }),
        async (attributes) => {
          run += 1;
          const request = logsJson([{ timeUnixNano: nano(), attributes }], service(`attributes-${run}`));
          expect((await stored.send('logs', request)).status).toBe(200);
          const [row] = await stored.rows('otel_logs', `attributes-${run}`);
          expect(row?.LogAttributes).toEqual(attributesOf(request));
          expect(Object.keys(Object.prototype)).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('takes spans of more days than a block may have', async () => {
    const day = 86_400_000_000_000n;
    const spans = Array.from({ length: 150 }, (_, index) =>
      spanJson({
        spanId: (index + 1).toString(16).padStart(16, '0'),
        startTimeUnixNano: nano(day * BigInt(index)),
        endTimeUnixNano: '0',
      }),
    );
    expect((await stored.send('traces', tracesJson(spans, service('days')))).status).toBe(200);
    expect(await stored.rows('otel_traces', 'days')).toHaveLength(150);
  });

  it('has one copy of a request that was sent sixteen times at once', async () => {
    const request = tracesJson([spanJson({ startTimeUnixNano: nano() })], service('copies'));
    const answers = await Promise.all(Array.from({ length: 16 }, () => stored.send('traces', request)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await stored.rows('otel_traces', 'copies')).toHaveLength(1);
  });

  it('keeps NaN and the infinities of a metric', async () => {
    const dataPoints = ['NaN', 'Infinity', '-Infinity'].map((asDouble, index) => ({
      asDouble,
      timeUnixNano: nano(BigInt(index)),
    }));
    const request = metricsJson([{ name: 'm', gauge: { dataPoints } }], service('extremes'));
    expect(await stored.send('metrics', request)).toMatchObject({ status: 200, json: {} });
    const values = (await stored.rows('otel_metrics_gauge', 'extremes')).map(({ Value }) => Value);
    expect(values.sort()).toEqual(['-inf', 'inf', 'nan']);
  });

  it('has the good items of a request whose other items were rejected', async () => {
    const spans = [
      spanJson({ startTimeUnixNano: nano() }),
      spanJson({ spanId: '00'.repeat(8) }),
      spanJson({ traceId: 'ab' }),
    ];
    expect(await stored.send('traces', tracesJson(spans, service('mixed')))).toMatchObject({
      status: 200,
      json: {
        partialSuccess: {
          rejectedSpans: '2',
          errorMessage: '2 rejected: spanId is all zeroes (1); traceId is not 16 bytes (1)',
        },
      },
    });
    expect(await stored.rows('otel_traces', 'mixed')).toHaveLength(1);
  });
});

describe('a store that cannot take rows', () => {
  const startOver = async (options: { url?: string; password?: string; database?: string }) => {
    const store = createStore({ ...stored.store.login, ...options });
    const collector = await startCollector({ config: testConfig, store, logger: pino({ level: 'silent' }) });
    onTestFinished(async () => {
      await collector.close();
      await store.close();
    });
    return collector;
  };

  it.each([
    { what: 'nobody listens', options: { url: 'http://127.0.0.1:9' }, reason: 'ClickHouse is not available' },
    { what: 'the password is wrong', options: { password: 'wrong' }, reason: 'ClickHouse is not available' },
    {
      what: 'the database is missing',
      options: { database: 'absent' },
      reason: 'ClickHouse answered with code 81 (UNKNOWN_DATABASE)',
    },
  ])('makes senders wait and the collector not ready when $what', async ({ options, reason }) => {
    const collector = await startOver(options);
    const answer = await postJson(`${collector.url}/v1/traces`, tracesJson([spanJson()]));
    expect(answer).toMatchObject({ status: 503, json: { code: 14, message: reason } });
    expect(answer.headers['retry-after']).toBe('5');
    expect(collector.stats()).toMatchObject({ requests: 1, failed: 1, accepted: { traces: 0 } });
    expect((await exchange({ url: `${collector.url}/readyz`, method: 'GET' })).status).toBe(503);
    expect((await exchange({ url: `${collector.url}/healthz`, method: 'GET' })).status).toBe(200);
  });

  it('is ready once the tables are there', async () => {
    const collector = await startOver({ database: 'late' });
    const readiness = async () => (await exchange({ url: `${collector.url}/readyz`, method: 'GET' })).json;
    expect(await readiness()).toMatchObject({ status: 'not-ready' });
    await stored.store.migrate('late');
    expect(await readiness()).toEqual({ status: 'ready' });
    const answer = await postJson(`${collector.url}/v1/traces`, tracesJson([spanJson()]));
    expect(answer.status).toBe(200);
  });
});

function attributesOf(request: object): object {
  const body = Buffer.from(JSON.stringify(request));
  const decoded = decodeRequest({
    body,
    encoding: 'json',
    message: exportLogsRequest,
    rejections: createRejections(),
  });
  if (decoded.status !== 'decoded') throw new Error(decoded.reason);
  const record = decoded.request.resourceLogs[0]?.scopeLogs[0]?.logRecords[0];
  return { ...toAttributes(record?.attributes ?? []) };
}

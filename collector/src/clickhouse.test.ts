import fc from 'fast-check';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { arbitraryMessage } from './__fixtures__/arbitrary-request.js';
import { exchange, postJson } from './__fixtures__/exchange.js';
import { MESSAGES } from './__fixtures__/messages.js';
import { metricsJson, spanJson, tracesJson } from './__fixtures__/requests.js';
import {
  nowNano as nano,
  serviceJson as service,
  storedConfig,
  useStoredCollector,
} from './__fixtures__/start-stored-collector.js';
import { temporaryFolder } from './__fixtures__/temporary-folder.js';
import { type Collector, startCollector } from './collector.js';
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
    await stored.drained();
    expect(stored.collector.stats().drain).toMatchObject({ rowsParked: 0, failures: { data: 0 } });
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

describe('a ClickHouse that cannot take rows', () => {
  const startOver = async (options: { url?: string; password?: string; database?: string }) => {
    const collector = await startCollector({
      config: storedConfig(temporaryFolder()),
      clickhouse: { ...stored.store.login, ...options },
      logger: pino({ level: 'silent' }),
    });
    onTestFinished(() => collector.close());
    return collector;
  };
  const get = (collector: Collector, path: string) => exchange({ url: collector.url + path, method: 'GET' });

  it.each([
    { what: 'nobody listens', options: { url: 'http://127.0.0.1:9' }, reason: /ECONNREFUSED/ },
    { what: 'the password is wrong', options: { password: 'wrong' }, reason: /516/ },
    { what: 'the database is missing', options: { database: 'absent' }, reason: /81/ },
  ])(
    'keeps rows in the log, and makes the collector not ready by name, when $what',
    async ({ options, reason }) => {
      const collector = await startOver(options);
      const answer = await postJson(`${collector.url}/v1/traces`, tracesJson([spanJson()]));
      expect(answer.status).toBe(200);
      expect(collector.stats()).toMatchObject({ accepted: { traces: 1 }, log: { openRows: 1 } });
      expect(await get(collector, '/readyz')).toMatchObject({
        status: 503,
        json: {
          status: 'not-ready',
          checks: { collector: 'ok', log: 'ok', clickhouse: expect.stringMatching(reason) },
        },
      });
      expect((await get(collector, '/healthz')).status).toBe(200);
    },
  );

  it('is ready once the tables are there', async () => {
    const collector = await startOver({ database: 'late' });
    expect((await get(collector, '/readyz')).status).toBe(503);
    await stored.store.migrate('late');
    await expect
      .poll(() => get(collector, '/readyz'), { timeout: 20_000 })
      .toMatchObject({
        status: 200,
        json: { status: 'ready', checks: { collector: 'ok', log: 'ok', clickhouse: 'ok' } },
      });
  });
});

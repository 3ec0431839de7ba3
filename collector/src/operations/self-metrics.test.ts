import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { parseConfig } from '@signalbox/spec';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { exchange, postJson } from '../__fixtures__/exchange.js';
import { spanJson, tracesJson } from '../__fixtures__/requests.js';
import { startTestCollector, testConfig } from '../__fixtures__/start-test-collector.js';
import { temporaryFolder } from '../__fixtures__/temporary-folder.js';
import { startCollector } from '../collector.js';
import { ACK_DURATION, SELF_METRICS } from './self-metrics.js';

const start = async (
  metrics: Partial<(typeof testConfig)['metrics']> = {},
  logger = pino({ level: 'silent' }),
) => {
  const collector = await startCollector({
    config: {
      ...testConfig,
      log: { ...testConfig.log, directory: temporaryFolder() },
      metrics: { ...testConfig.metrics, ...metrics },
    },
    clickhouse: { ...parseConfig({}).clickhouse, url: 'http://127.0.0.1:9' },
    logger,
  });
  onTestFinished(() => collector.close());
  return collector;
};

const readPage = async (url: string): Promise<string> =>
  (await exchange({ url: `${url}/metrics`, method: 'GET' })).body.toString();

const prometheusName = (name: string): string => name.replaceAll('.', '_');

describe('GET /metrics', () => {
  it('has what was received, stored and rejected, per signal', async () => {
    const { url } = await start();
    await postJson(`${url}/v1/traces`, tracesJson([spanJson(), spanJson({ spanId: '' })]));
    await postJson(`${url}/v1/traces`, tracesJson([spanJson(), spanJson({ spanId: '' })]));
    await postJson(`${url}/v1/logs`, 'no json');
    const page = await readPage(url);
    for (const line of [
      'signalbox_collector_items_received_total{signal="traces"} 2',
      'signalbox_collector_items_stored_total{signal="traces"} 1',
      'signalbox_collector_items_stored_total{signal="logs"} 0',
      'signalbox_collector_items_rejected_total{signal="traces"} 1',
      'signalbox_collector_requests_total{outcome="stored"} 1',
      'signalbox_collector_requests_total{outcome="repeated"} 1',
      'signalbox_collector_requests_total{outcome="refused"} 1',
      'signalbox_collector_log_depth 1',
      'signalbox_collector_inserts_failed_total{class="transient"}',
      'signalbox_collector_ack_duration_count{signal="traces"} 2',
    ])
      expect(page).toContain(line);
  });

  it('names every metric, but those of which nothing is known', async () => {
    const { url } = await start();
    await postJson(`${url}/v1/traces`, tracesJson([spanJson()]));
    const page = await readPage(url);
    const absent = SELF_METRICS.filter(({ name }) => !page.includes(`\n# TYPE ${prometheusName(name)}`));
    expect(absent.map(({ name }) => name).sort()).toEqual([
      'signalbox.collector.conservation.age',
      'signalbox.collector.conservation.duplicate',
      'signalbox.collector.conservation.missing',
      'signalbox.collector.conservation.unverified',
      'signalbox.collector.decisions.lost',
      'signalbox.collector.exactly_once',
    ]);
    expect(page).toContain(`# TYPE ${prometheusName(ACK_DURATION)} histogram`);
  });

  it('needs a token of its own where senders need one', async () => {
    const tokens = [{ tenant: 'acme', token: 'the-token-of-acme-0' }];
    const environment = { METRICS_TOKEN: 'the-token-of-prometheus' };
    const metrics = { ...testConfig.metrics, tokenEnv: 'METRICS_TOKEN' };
    const withToken = await startTestCollector({ config: { tokens, metrics }, environment });
    const without = await startTestCollector({ config: { tokens } });
    const get = async (url: string, token: string) => {
      const headers = token === '' ? {} : { authorization: `Bearer ${token}` };
      return (await exchange({ url: `${url}/metrics`, method: 'GET', headers })).status;
    };
    expect(await get(withToken.collector.url, environment.METRICS_TOKEN)).toBe(200);
    expect(await get(withToken.collector.url, 'the-token-of-acme-0')).toBe(401);
    expect(await get(withToken.collector.url, '')).toBe(401);
    expect(await get(without.collector.url, 'the-token-of-acme-0')).toBe(401);
    // The reverse holds as well: who may read may not send.
    const headers = { authorization: `Bearer ${environment.METRICS_TOKEN}` };
    expect((await postJson(`${withToken.collector.url}/v1/traces`, '{}', headers)).status).toBe(401);
    await expect(startTestCollector({ config: { metrics } })).rejects.toThrow('METRICS_TOKEN is not set');
  });
});

describe('collector.metrics.otlpEndpoint', () => {
  it('gets the metrics over OTLP', async () => {
    const bodies: Buffer[] = [];
    const server = createServer(async (request: IncomingMessage, response) => {
      bodies.push(await buffer(request));
      response.setHeader('content-type', 'application/x-protobuf').end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as { port: number };
    const collector = await start({ otlpEndpoint: `http://127.0.0.1:${port}` });
    await collector.close();
    const sent = Buffer.concat(bodies).toString('latin1');
    for (const name of [
      'signalbox-collector',
      'signalbox.collector.log.depth',
      'signalbox.collector.items.stored',
    ])
      expect(sent).toContain(name);
  });

  it('is named in the log when it does not take them', async () => {
    const lines: string[] = [];
    const logger = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
    const collector = await start({ otlpEndpoint: 'http://127.0.0.1:9' }, logger);
    await collector.close();
    expect(lines.join('')).toContain('were not exported.');
  });
});

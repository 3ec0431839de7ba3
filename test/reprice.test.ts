import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startEmbeddedClickHouse } from '@signalbox/embedded-clickhouse';
import { createStore, decisionById, migrate, type TraceRow, toDateTime64 } from '@signalbox/store';
import { expect, it, onTestFinished } from 'vitest';
import { runSignalbox, temporaryFolder } from './signalbox-process.js';

const AN_HOUR_AGO = toDateTime64(BigInt(Date.now() - 3_600_000) * 1_000_000n);

const span = (spanId: string, attributes: Record<string, string>): TraceRow => ({
  Timestamp: AN_HOUR_AGO,
  TraceId: 'trace',
  SpanId: spanId,
  ParentSpanId: '',
  TraceState: '',
  SpanName: 'test',
  SpanKind: 'Internal',
  ServiceName: 'test',
  ResourceAttributes: {},
  ScopeName: 'signalbox',
  ScopeVersion: '',
  SpanAttributes: { 'signalbox.decision.id': 'decision', 'signalbox.outcome': 'succeeded', ...attributes },
  Duration: 1n,
  StatusCode: 'Unset',
  StatusMessage: '',
  'Events.Timestamp': [],
  'Events.Name': [],
  'Events.Attributes': [],
  'Links.TraceId': [],
  'Links.SpanId': [],
  'Links.TraceState': [],
  'Links.Attributes': [],
});

const SPANS = [
  span('route', {
    'signalbox.decision.sequence': '1',
    'signalbox.attempts': '1',
    'signalbox.cost.nano_usd': '1',
    'signalbox.cost.source': 'config',
  }),
  span('attempt', {
    'signalbox.attempt.number': '1',
    'signalbox.attempt.target': 'openai/gpt-5',
    'gen_ai.request.model': 'gpt-5',
    'gen_ai.usage.input_tokens': '1000',
    'gen_ai.usage.output_tokens': '500',
    'gen_ai.usage.cache_read.input_tokens': '200',
    'signalbox.attempt.cost_nano_usd': '1',
    'signalbox.cost.source': 'config',
  }),
];

it('corrects a wrong price of the past from the command line', async () => {
  const folder = await temporaryFolder();
  const server = await startEmbeddedClickHouse({ directory: join(folder, 'clickhouse') });
  onTestFinished(server.stop);
  const { url, username, password } = server;
  const store = createStore({ url, username, password, database: 'signalbox' });
  onTestFinished(() => store.close());
  await migrate(store);
  await store.insert('otel_traces', SPANS);

  const config = join(folder, 'signalbox.config.json');
  const configure = (prices: object) =>
    writeFile(config, JSON.stringify({ targets: [{ id: 'openai/gpt-5' }], prices }));
  await configure({});
  const environment = {
    SIGNALBOX_CLICKHOUSE_URL: url,
    SIGNALBOX_CLICKHOUSE_USERNAME: username,
    SIGNALBOX_CLICKHOUSE_PASSWORD: password,
  };
  const run = async (...args: string[]) => {
    const { code, stdout, stderr } = await runSignalbox([...args, '--config', config, '--json'], {
      environment,
    });
    expect(code, stderr).toBe(0);
    return JSON.parse(stdout);
  };

  const model = { provider: 'openai', model: 'gpt-5' };
  expect(await run('prices', 'list')).toMatchObject([
    { ...model, source: 'package', version: 'genai-prices@0.1.8' },
  ]);
  expect(await run('prices', 'sync')).toEqual({ changed: [model], unchanged: [], unknown: [] });
  expect(await run('reprice', '--since', '1d')).toMatchObject({
    decisions: 1,
    costBefore: 1,
    costAfter: 6_025_000,
  });

  await writeFile(
    join(folder, 'prices.yaml'),
    'version: corrected\nprices: [{ provider: openai, model: gpt-5, input: 2, output: 0, cacheRead: 1 }]\n',
  );
  await configure({ file: 'prices.yaml' });
  expect(await run('prices', 'sync')).toMatchObject({ changed: [model] });
  const dry = await run('reprice', '--since', '1d', '--dry-run');
  expect(dry).toMatchObject({ decisions: 1, costBefore: 6_025_000, costAfter: 1_800_000, auditId: null });
  expect(await run('reprice', '--since', '1d', '--by', 'ada')).toMatchObject({
    decisions: 1,
    costAfter: 1_800_000,
  });

  await store.insert('otel_traces', SPANS);
  const [decision] = await store.query(decisionById, { decisionId: 'decision', tenant: '' });
  expect(decision).toMatchObject({
    costNanoUsd: 1_800_000,
    costSource: 'override',
    priceVersion: 'corrected',
  });

  const late = await runSignalbox(['reprice', '--since', 'yesterday', '--config', config], { environment });
  expect(late.code).toBe(2);
  expect(late.stderr).toContain('It must be a time such as');
});

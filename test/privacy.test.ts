import { join } from 'node:path';
import { startEmbeddedClickHouse } from '@signalbox/embedded-clickhouse';
import { createSignalbox } from '@signalbox/sdk';
import { setupTelemetry } from '@signalbox/sdk/node';
import { startSimulator } from '@signalbox/simulator';
import { createStore, migrate } from '@signalbox/store';
import { expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from './signalbox-process.js';
import { startCollectorOver } from './start-collector-over.js';

const MARK = 'canary-7f3a9';

it('keeps every word of prompts and answers out of the tables', async () => {
  const directory = await temporaryFolder();
  const clickhouse = await startEmbeddedClickHouse({ directory: join(directory, 'clickhouse') });
  onTestFinished(() => clickhouse.stop());
  const login = { url: clickhouse.url, username: clickhouse.username, password: clickhouse.password };
  const store = createStore({ ...login, database: 'signalbox' });
  onTestFinished(() => store.close());
  await migrate(store);
  const collector = await startCollectorOver(clickhouse, directory);
  onTestFinished(() => collector.close());
  const simulator = await startSimulator({ port: 0, models: { mini: {} } });
  onTestFinished(() => simulator.close());

  const telemetry = setupTelemetry({
    endpoint: collector.url,
    serviceName: 'privacy',
    serviceInstanceId: 'p-1',
  });
  onTestFinished(() => telemetry.shutdown());
  const signalbox = createSignalbox({
    providers: { openai: { type: 'openai-compatible', baseUrl: `${simulator.url}/v1` } },
    targets: [{ id: 'openai/mini' }],
  });
  const prompt = `Remember ${MARK}, please.`;
  await signalbox.chat({ prompt });
  for await (const _text of signalbox.stream({ prompt, system: `You are ${MARK}.` }).textStream);
  // Providers quote prompts in their errors.
  const fault = { 'x-simulator-fault': 'outage' };
  await expect(signalbox.chat({ prompt, headers: fault })).rejects.toThrow();
  await expect(signalbox.chat({ prompt, model: MARK })).rejects.toThrow(MARK);
  await telemetry.flush(10_000);
  await collector.drained();

  const ask = async (sql: string): Promise<string> => {
    const response = await fetch(`${clickhouse.url}/?database=signalbox`, {
      method: 'POST',
      body: sql,
      headers: { 'X-ClickHouse-User': clickhouse.username, 'X-ClickHouse-Key': clickhouse.password },
    });
    const text = (await response.text()).trim();
    if (!response.ok) throw new Error(text);
    return text;
  };
  expect(Number(await ask('SELECT count() FROM decisions'))).toBe(4);
  const tables = (
    await ask("SELECT name FROM system.tables WHERE database = 'signalbox' AND engine NOT LIKE '%View'")
  ).split('\n');
  expect(tables).toContain('otel_traces');
  for (const table of tables) {
    const found = await ask(`SELECT count() FROM ${table} WHERE position(toString(tuple(*)), '${MARK}') > 0`);
    expect(`${table}: ${found}`).toBe(`${table}: 0`);
  }
});

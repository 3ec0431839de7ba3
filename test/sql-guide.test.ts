import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmbeddedClickHouse } from '@signalbox/embedded-clickhouse';
import { createSignalbox } from '@signalbox/sdk';
import { setupTelemetry } from '@signalbox/sdk/node';
import { startSimulator } from '@signalbox/simulator';
import { createStore, migrate, refreshRollups } from '@signalbox/store';
import { beforeAll, describe, expect, it } from 'vitest';
import { startCollectorOver } from './start-collector-over.js';

const guide = await readFile(fileURLToPath(new URL('../docs/guides/sql.md', import.meta.url)), 'utf8');
const questions = [...guide.matchAll(/^## \d+\. (.+)$[\s\S]*?```sql\n([\s\S]*?)```/gm)].map(
  ([, title = '', sql = '']): [string, string] => [title, sql],
);

let select: (sql: string) => Promise<Record<string, unknown>[]>;

/** Real traffic through the whole line: successes, fallbacks, a failure, an override, an exclusion, feedback. */
const sendTraffic = async (otlpUrl: string, providerUrl: string): Promise<void> => {
  const telemetry = setupTelemetry({ endpoint: otlpUrl, serviceName: 'guide', serviceInstanceId: 'guide-1' });
  const price = { input: 1, output: 2 };
  const signalbox = createSignalbox({
    providers: { openai: { type: 'openai-compatible', baseUrl: `${providerUrl}/v1` } },
    targets: [
      { id: 'openai/flaky', price, quality: 0.9 },
      { id: 'openai/solid', price, quality: 0.7 },
      { id: 'openai/tiny', price, quality: 0.5, contextTokens: 1 },
    ],
    policy: { strategy: 'quality-optimal', routes: [{ name: 'bugs', patterns: ['bug'] }] },
  });
  for (let request = 0; request < 6; request += 1) {
    const { decisionId } = await signalbox.chat({ prompt: 'Find the bug.', userId: `user-${request % 2}` });
    signalbox.feedback(decisionId, { satisfaction: 0.8, accurate: true });
  }
  for await (const _text of signalbox.stream({ prompt: 'Hello.', model: 'solid' }).textStream);
  await telemetry.shutdown();
};

beforeAll(async () => {
  const directory = await mkdtemp(join(tmpdir(), 'signalbox-guide-'));
  const clickhouse = await startEmbeddedClickHouse({ directory: join(directory, 'clickhouse') });
  const login = { url: clickhouse.url, username: clickhouse.username, password: clickhouse.password };
  const store = createStore({ ...login, database: 'signalbox' });
  await migrate(store);
  const collector = await startCollectorOver(clickhouse, directory);
  const simulator = await startSimulator({
    port: 0,
    models: { flaky: { errorRate: { 500: 0.5 } }, solid: {}, tiny: {} },
  });
  select = async (sql) => {
    const response = await fetch(`${clickhouse.url}/?default_format=JSONEachRow`, {
      method: 'POST',
      body: sql,
      headers: {
        'X-ClickHouse-User': clickhouse.readonlyUsername,
        'X-ClickHouse-Key': clickhouse.readonlyPassword,
      },
    });
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    return text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  };
  await sendTraffic(collector.url, simulator.url);
  await collector.drained();
  await refreshRollups(store);
  return async () => {
    await simulator.close();
    await collector.close();
    await store.close();
    await clickhouse.stop();
    await rm(directory, { recursive: true });
  };
});

describe('the SQL guide', () => {
  it('has fifteen questions', () => {
    expect(questions).toHaveLength(15);
  });

  it.each(questions)('%s', async (_title, sql) => {
    await expect(select(sql)).resolves.not.toEqual([]);
  });
});

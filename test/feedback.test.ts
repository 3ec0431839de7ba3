import { join } from 'node:path';
import { startEmbeddedClickHouse } from '@signalbox/embedded-clickhouse';
import { createSignalbox } from '@signalbox/sdk';
import { setupTelemetry } from '@signalbox/sdk/node';
import { startSimulator } from '@signalbox/simulator';
import { createStore, migrate } from '@signalbox/store';
import { expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from './signalbox-process.js';
import { startCollectorOver } from './start-collector-over.js';

it('carries feedback from the SDK over the collector to its decision in ClickHouse', async () => {
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

  const telemetry = setupTelemetry({ endpoint: collector.url, serviceName: 'feedback' });
  onTestFinished(() => telemetry.shutdown());
  const signalbox = createSignalbox({
    tenant: 'acme',
    providers: { openai: { type: 'openai-compatible', baseUrl: `${simulator.url}/v1` } },
    targets: [{ id: 'openai/mini' }],
  });
  const rated = await signalbox.chat({ prompt: 'Hello' });
  const unrated = await signalbox.chat({ prompt: 'Hello again' });
  signalbox.feedback(rated.decisionId, { satisfaction: 0.25, userId: 'user-1' });
  await telemetry.flush(10_000);
  // Somebody changes their mind, later.
  signalbox.feedback(rated.decisionId, { satisfaction: 0.75, accurate: false, overriddenTo: 'openai/maxi' });
  await telemetry.flush(10_000);
  await collector.drained();

  const ask = async (sql: string): Promise<unknown> => {
    const response = await fetch(`${clickhouse.url}/?database=signalbox`, {
      method: 'POST',
      body: `${sql} FORMAT JSONCompactEachRow`,
      headers: { 'X-ClickHouse-User': clickhouse.username, 'X-ClickHouse-Key': clickhouse.password },
    });
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    return text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  };
  expect(
    await ask(
      `SELECT decision_id, satisfaction, accurate, overridden_to, outcome, malformed
       FROM decisions_with_feedback WHERE tenant = 'acme' ORDER BY timestamp`,
    ),
  ).toEqual([
    [rated.decisionId, 0.75, false, 'openai/maxi', 'succeeded', 0],
    [unrated.decisionId, null, null, null, 'succeeded', 0],
  ]);
  expect(await ask('SELECT name, user_id, malformed FROM feedback ORDER BY timestamp, name')).toEqual([
    ['satisfaction', 'user-1', 0],
    ['accuracy', null, 0],
    ['override', null, 0],
    ['satisfaction', null, 0],
  ]);
});

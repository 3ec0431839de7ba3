import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startEmbeddedClickHouse } from '@signalbox/embedded-clickhouse';
import { expect, it, onTestFinished } from 'vitest';
import { apart, runSignalbox, temporaryFolder } from './signalbox-process.js';

const REQUESTS = 300;

/** A trace of 300 arrivals in three bursts over 30 s. */
const trace = (): { csv: string; contextTokens: number; generatedTokens: number } => {
  const rows = Array.from({ length: REQUESTS }, (_, index) => ({
    second: Math.floor(index / 100) * 15,
    context: 1 + ((index * 37) % 3000),
    generated: 1 + ((index * 11) % 60),
  }));
  const lines = rows.map(
    ({ second, context, generated }) =>
      `2023-11-16 18:17:${String(second).padStart(2, '0')}.5,${context},${generated}`,
  );
  return {
    csv: ['TIMESTAMP,ContextTokens,GeneratedTokens', ...lines].join('\n'),
    contextTokens: rows.reduce((sum, { context }) => sum + context, 0),
    generatedTokens: rows.reduce((sum, { generated }) => sum + generated, 0),
  };
};

const demo = (directory: string, ...load: string[]) =>
  runSignalbox(['demo', ...apart(directory), '--simulator-port', '0', '--exit', '--json', ...load]);

/** Runs SQL over what a stopped stack left in its folder. */
const queryLeftovers = async (directory: string, sql: string): Promise<Record<string, unknown>[]> => {
  const clickhouse = await startEmbeddedClickHouse({ directory: join(directory, 'clickhouse') });
  onTestFinished(() => clickhouse.stop());
  const response = await fetch(`${clickhouse.url}/?database=signalbox&default_format=JSONEachRow`, {
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

// A request costs the tokens of the target that served it times the prices of the demo, in nano-USD per million.
const WRONG_COSTS = `
  WITH map('openai/gpt-5-nano', (50, 400), 'openai/gpt-5-mini', (250, 2000), 'openai/gpt-5.2', (1750, 14000),
           'anthropic/claude-haiku-4-5', (1000, 5000), 'anthropic/claude-sonnet-4-6', (3000, 15000),
           'google/gemini-3.1-flash-lite', (250, 1500), 'mistral/mistral-large-2512', (500, 1500))[served_target] AS price
  SELECT toUInt32(countIf(cost_nano_usd != tokens_input * price.1 + tokens_output * price.2)) AS wrong,
         toUInt32(count()) AS decisions, toUInt32(uniqExact(service_instance_id)) AS runs
  FROM decisions`;

it('replays a trace, reconciles it to the token and the nano-dollar, and continues on the next start', async () => {
  const directory = await temporaryFolder();
  const file = join(directory, 'trace.csv');
  const { csv, contextTokens, generatedTokens } = trace();
  await writeFile(file, csv);

  const first = await demo(directory, '--trace', file, '--speed', '10');
  expect(first.code, first.stderr).toBe(0);
  const session = JSON.parse(first.stdout);
  expect(session.counts).toMatchObject({
    sent: REQUESTS,
    succeeded: REQUESTS,
    tokensInput: contextTokens,
    tokensOutput: generatedTokens,
  });
  expect(session.reconciliation).toMatchObject({ ok: true, requestsLost: 0, rowsDuplicated: 0 });
  expect(session.telemetry).toMatchObject({ spansLost: 0, spansPending: 0 });
  expect(session.reconciliation.checks.length).toBeGreaterThan(8);

  const second = await demo(directory, '--requests', '20', '--speed', '100');
  expect(second.code, second.stderr).toBe(0);
  await expect(queryLeftovers(directory, WRONG_COSTS)).resolves.toEqual([
    { wrong: 0, decisions: REQUESTS + 20, runs: 2 },
  ]);
});

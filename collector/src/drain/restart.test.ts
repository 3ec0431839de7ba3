import { pino } from 'pino';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { createMemoryQueue } from './__fixtures__/memory-queue.js';
import { COLUMNS, type DrainStore, startDrainStore, testRows } from './__fixtures__/start-drain-store.js';
import type { ColumnsByTable } from './send-block.js';
import { startDrain } from './start-drain.js';

let store: DrainStore;

beforeAll(async () => {
  store = await startDrainStore();
});
afterAll(() => store?.stop());

it('inserts what was committed lately again when ClickHouse has restarted', async () => {
  const table = await store.database('restarted');
  const queue = createMemoryQueue();
  const drain = startDrain({
    blocks: queue,
    clickhouse: table.login,
    columns: { otel_traces: COLUMNS } as unknown as ColumnsByTable,
    logger: pino({ level: 'silent' }),
    insertTimeoutMs: 10_000,
    pauses: { minMs: 5, maxMs: 40, configurationMs: 20, asideMs: 20 },
    watchMs: 20,
  });
  onTestFinished(() => drain.close());
  for (let block = 0; block < 3; block += 1) queue.add(testRows(block * 10, 10));
  await vi.waitFor(() => expect(queue.committedBlocks).toHaveLength(3), 10_000);

  // What a server that lost power may do to rows that it had answered for.
  await table.run('TRUNCATE TABLE otel_traces');
  await table.run('TRUNCATE TABLE target');
  await store.kill();
  await vi.waitFor(async () => {
    expect(await table.one('SELECT count() AS a FROM otel_traces FINAL')).toBe('30');
    expect(await table.one('SELECT count() AS a FROM target FINAL')).toBe('30');
  }, 20_000);
  expect(drain.stats().serverRestarts).toBeGreaterThanOrEqual(1);
  expect(drain.stats().blocksReinserted).toBeGreaterThanOrEqual(3);
});

import { pino } from 'pino';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { createMemoryQueue, type MemoryQueue } from './__fixtures__/memory-queue.js';
import {
  COLUMNS,
  type DrainStore,
  encodeTestRow,
  type StoredTable,
  startDrainStore,
  TABLE,
  testRows,
} from './__fixtures__/start-drain-store.js';
import { startTcpProxy } from './__fixtures__/tcp-proxy.js';
import type { ColumnsByTable } from './send-block.js';
import { type Drain, type DrainOptions, startDrain } from './start-drain.js';

let store: DrainStore;
let databases = 0;

beforeAll(async () => {
  store = await startDrainStore();
});
afterAll(() => store?.stop());

const PAUSES = { minMs: 5, maxMs: 40, configurationMs: 20, asideMs: 20 };

type Setup = { table: StoredTable; queue: MemoryQueue; drain: Drain };

const setUp = async (
  options: Partial<DrainOptions> = {},
  before?: (table: StoredTable) => Promise<unknown>,
): Promise<Setup> => {
  databases += 1;
  const table = await store.database(`drain_${databases}`);
  await before?.(table);
  const queue = createMemoryQueue();
  const drain = startDrain({
    blocks: queue,
    clickhouse: { ...table.login, ...options.clickhouse },
    columns: { otel_traces: COLUMNS } as unknown as ColumnsByTable,
    logger: pino({ level: 'silent' }),
    insertTimeoutMs: 10_000,
    pauses: PAUSES,
    ...withoutLogin(options),
  });
  onTestFinished(() => drain.close());
  return { table, queue, drain };
};

const withoutLogin = ({ clickhouse: _, ...rest }: Partial<DrainOptions>): Partial<DrainOptions> => rest;

it('inserts blocks, commits each once, and fills the views', async () => {
  const { table, queue, drain } = await setUp();
  for (let block = 0; block < 20; block += 1) queue.add(testRows(block * 100, 100));
  await vi.waitFor(() => expect(queue.committedBlocks).toHaveLength(20), 10_000);
  expect(new Set(queue.committedBlocks).size).toBe(20);
  expect(
    await table.one('SELECT count() AS a, uniqExact(ingest_block, ingest_row) AS b FROM otel_traces'),
  ).toBe('2000 2000');
  expect(await table.one('SELECT count() AS a FROM target')).toBe('2000');
  expect(drain.stats()).toMatchObject({
    blocksInserted: 20,
    rowsInserted: 2000,
    blocksSplit: 0,
    rowsParked: 0,
  });
  expect(drain.notReadyReason()).toBeNull();
});

it('inserts a block again when the answer was lost, and readers see one copy', async () => {
  const proxy = await startTcpProxy(store.login.url);
  onTestFinished(() => proxy.close());
  const { table, queue, drain } = await setUp({ clickhouse: { url: proxy.url } as never });
  queue.add(testRows(0, 1));
  await vi.waitFor(() => expect(queue.committedBlocks).toHaveLength(1), 10_000);
  proxy.mode = 'lose-answers';
  queue.add(testRows(1, 50));
  await vi.waitFor(async () => {
    expect(await table.one('SELECT count() AS a FROM otel_traces')).toBe('51');
    expect(drain.stats().failures.transient).toBeGreaterThan(1);
  }, 10_000);
  expect(queue.committedBlocks).toHaveLength(1);
  proxy.mode = 'pass';
  await vi.waitFor(() => expect(queue.committedBlocks).toHaveLength(2), 10_000);
  expect(await table.one('SELECT count() AS a FROM otel_traces FINAL')).toBe('51');
  expect(await table.one('SELECT count() AS a FROM target FINAL')).toBe('51');
});

it('finds bad rows by halving and parks each alone with the reason', async () => {
  const { table, queue, drain } = await setUp();
  const rows = testRows(0, 100);
  for (const bad of [17, 64]) rows[bad] = encodeTestRow(bad, 9);
  queue.add(rows);
  await vi.waitFor(
    async () => expect(await table.one('SELECT count() AS a FROM otel_traces')).toBe('98'),
    10_000,
  );
  await vi.waitFor(() => expect(queue.parked).toHaveLength(2), 10_000);
  expect(queue.parked.map(({ rows }) => rows)).toEqual([1, 1]);
  expect(queue.parked[0]?.reason).toMatch(/^ClickHouse answered with code \d+ \([A-Z_]+\)$/);
  await vi.waitFor(() => expect(drain.stats()).toMatchObject({ rowsInserted: 98, rowsParked: 2 }));
});

it('keeps a block whole and aside while a view fails, and goes on with the next', async () => {
  const { table, queue, drain } = await setUp({}, (table) =>
    table.run(
      'CREATE MATERIALIZED VIEW bad_mv TO target AS SELECT id FROM otel_traces WHERE throwIf(id = 3) = 0',
    ),
  );
  queue.add(testRows(0, 10));
  queue.add(testRows(10, 10));
  await vi.waitFor(() => expect(queue.committedBlocks).toHaveLength(1), 10_000);
  await vi.waitFor(() => expect(drain.stats().failures['after-write']).toBeGreaterThan(2), 10_000);
  expect(drain.stats()).toMatchObject({ blocksAside: 1, blocksSplit: 0, rowsParked: 0 });
  await table.run('DROP TABLE bad_mv SYNC');
  await vi.waitFor(() => expect(queue.committedBlocks).toHaveLength(2), 10_000);
  expect(await table.one('SELECT count() AS a FROM otel_traces FINAL')).toBe('20');
  expect(await table.one('SELECT count() AS a FROM target FINAL')).toBe('20');
  expect(drain.stats().blocksAside).toBe(0);
});

it.each([
  ['the table is missing', 'DROP TABLE otel_traces SYNC', TABLE, /code 60 \(UNKNOWN_TABLE\)/],
  [
    'a column is missing',
    'ALTER TABLE otel_traces DROP CONSTRAINT is_good, DROP COLUMN kind',
    'ALTER TABLE otel_traces ADD COLUMN kind UInt8',
    /code 16 \(NO_SUCH_COLUMN_IN_TABLE\)/,
  ],
])('holds everything while %s, and recovers', async (_what, spoil, mend, reason) => {
  const { table, queue, drain } = await setUp({}, (table) => table.run(spoil));
  queue.add(testRows(0, 10));
  await vi.waitFor(() => expect(String(drain.notReadyReason())).toMatch(reason), 10_000);
  expect(drain.stats()).toMatchObject({ blocksInserted: 0, blocksSplit: 0, rowsParked: 0 });
  await table.run(mend);
  await vi.waitFor(() => expect(queue.committedBlocks).toHaveLength(1), 10_000);
  expect(drain.notReadyReason()).toBeNull();
});

it('holds everything while the login is refused', async () => {
  const { queue, drain } = await setUp({ clickhouse: { password: 'wrong' } as never });
  queue.add(testRows(0, 10));
  await vi.waitFor(() => expect(String(drain.notReadyReason())).toMatch(/code 516/), 10_000);
  expect(queue.committedBlocks).toEqual([]);
  expect(queue.parked).toEqual([]);
});

it('stops parking when a table refuses every row', async () => {
  const { queue, drain } = await setUp();
  queue.add(Array.from({ length: 500 }, (_, id) => encodeTestRow(id, 9)));
  await vi.waitFor(() => expect(String(drain.notReadyReason())).toMatch(/code 469/), 20_000);
  // The workers that were at it already may each park one more.
  expect(queue.parked.length).toBeGreaterThanOrEqual(100);
  expect(queue.parked.length).toBeLessThan(110);
});

it('claims exactly-once on this server', async () => {
  const { drain, table } = await setUp({ requireExactlyOnce: true });
  await vi.waitFor(() => expect(drain.stats().exactlyOnce).toBe('holds'), 10_000);
  await vi.waitFor(async () => {
    expect(
      await table.one(
        "SELECT count() AS a FROM system.tables WHERE database = currentDatabase() AND name LIKE '%selftest%'",
      ),
    ).toBe('0');
  });
});

it('goes on as soon as ClickHouse is there again, however long it would have waited', async () => {
  const proxy = await startTcpProxy(store.login.url);
  onTestFinished(() => proxy.close());
  proxy.mode = 'reset';
  const { queue, drain } = await setUp({
    clickhouse: { url: proxy.url } as never,
    pauses: { ...PAUSES, minMs: 120_000, maxMs: 120_000 },
    watchMs: 20,
  });
  queue.add(testRows(0, 1));
  await vi.waitFor(() => expect(drain.stats().failures.transient).toBe(1), 10_000);
  proxy.mode = 'pass';
  await vi.waitFor(() => expect(queue.committedBlocks).toHaveLength(1), 20_000);
});

it('leaves a block in the log when it is closed while ClickHouse does not answer', async () => {
  const proxy = await startTcpProxy(store.login.url);
  onTestFinished(() => proxy.close());
  const { queue, drain } = await setUp({ clickhouse: { url: proxy.url } as never });
  proxy.mode = 'stall';
  queue.add(testRows(0, 1));
  await drain.close({ deadlineMs: 50 });
  expect(queue.committedBlocks).toEqual([]);
});

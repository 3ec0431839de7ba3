import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { openDeadLetters } from '../log/dead-letters.js';
import { openLog, type WriteAheadLog } from '../log/open-log.js';
import {
  COLUMNS,
  type DrainStore,
  encodeTestRow,
  type StoredTable,
  startDrainStore,
  testRows,
} from './__fixtures__/start-drain-store.js';
import type { ColumnsByTable } from './send-block.js';
import { type Drain, startDrain } from './start-drain.js';

const logger = pino({ level: 'silent' });
let store: DrainStore;
let databases = 0;

beforeAll(async () => {
  store = await startDrainStore();
});
afterAll(() => store?.stop());

const append = (log: WriteAheadLog, rows: readonly Uint8Array[]): Promise<void> => {
  const framed = rows.flatMap((row) => {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(row.length);
    return [length, row];
  });
  return log.append({
    bodyHash: createHash('sha256').update(randomBytes(16)).digest(),
    answer: { rejected: 0, message: '' },
    sections: [{ table: 'otel_traces', day: 0, rows: rows.length, bytes: Buffer.concat(framed) }],
  });
};

const setUp = async () => {
  databases += 1;
  const table = await store.database(`from_log_${databases}`);
  const directory = await mkdtemp(join(tmpdir(), 'signalbox-log-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return { table, directory };
};

const start = async (
  table: StoredTable,
  directory: string,
): Promise<{ log: WriteAheadLog; drain: Drain }> => {
  const log = await openLog({ directory, logger, blockAgeMs: 10, blockRows: 100, maintenanceMs: 50 });
  const drain = startDrain({
    blocks: log,
    clickhouse: table.login,
    columns: { otel_traces: COLUMNS } as unknown as ColumnsByTable,
    logger,
    insertTimeoutMs: 5_000,
    pauses: { minMs: 5, maxMs: 100, configurationMs: 50, asideMs: 50 },
    watchMs: 50,
  });
  onTestFinished(async () => {
    await drain.close();
    await log.close();
  });
  return { log, drain };
};

const idsIn = (table: StoredTable, name: string): Promise<string> =>
  table.one(`SELECT count() AS a, uniqExact(id) AS b FROM ${name} FINAL`);

it('brings every row of the log to readers once while ClickHouse is killed', async () => {
  const { table, directory } = await setUp();
  const { log } = await start(table, directory);
  let rows = 0;
  for (let kill = 0; kill < 3; kill += 1) {
    for (let request = 0; request < 20; request += 1) {
      await append(log, testRows(rows, 25));
      rows += 25;
    }
    await store.kill();
  }
  await vi.waitFor(async () => {
    expect(log.stats().openRows).toBe(0);
    expect(await idsIn(table, 'otel_traces')).toBe(`${rows} ${rows}`);
    expect(await idsIn(table, 'target')).toBe(`${rows} ${rows}`);
  }, 30_000);
});

it('goes on where a drain before it has stopped', async () => {
  const { table, directory } = await setUp();
  const first = await start(table, directory);
  for (let request = 0; request < 50; request += 1) await append(first.log, testRows(request * 10, 10));
  await first.drain.close();
  await first.log.close();
  await start(table, directory);
  await vi.waitFor(async () => expect(await idsIn(table, 'otel_traces')).toBe('500 500'), 20_000);
});

it('keeps a refused row as a dead letter and inserts it once it is replayed', async () => {
  const { table, directory } = await setUp();
  const { log } = await start(table, directory);
  await append(log, [...testRows(0, 10), encodeTestRow(99, 9), ...testRows(10, 10)]);
  await vi.waitFor(async () => expect(await idsIn(table, 'otel_traces')).toBe('20 20'), 20_000);
  const letters = openDeadLetters(directory);
  await vi.waitFor(async () => expect(await letters.list()).toHaveLength(1), 5_000);
  const [letter] = await letters.list();
  expect(letter).toMatchObject({ table: 'otel_traces', rows: 1, reason: expect.stringMatching(/code 469/) });
  await table.run('ALTER TABLE otel_traces DROP CONSTRAINT is_good');
  await letters.replay(letter?.id ?? '');
  await vi.waitFor(async () => expect(await idsIn(table, 'otel_traces')).toBe('21 21'), 20_000);
  await vi.waitFor(async () => expect(await letters.list()).toEqual([]), 5_000);
});

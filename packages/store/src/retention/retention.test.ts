import { parseConfig } from '@signalbox/spec';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { NOW_NANO, routeSpan } from '../__fixtures__/spans.js';
import { startTestStore, type TestStore } from '../__fixtures__/start-test-store.js';
import { migrate } from '../migrations/migrate.js';
import { toDateTime64 } from '../rows/date-time64.js';
import { applyRetention } from './apply-retention.js';
import { daysByTable } from './retained-tables.js';
import { tableRetention } from './table-retention.js';

let test: TestStore;

const DEFAULTS = parseConfig({}, 'the test').retention;
const DAY_NANO = 86_400_000_000_000n;

beforeAll(async () => {
  test = await startTestStore();
  await migrate(test.store);
  await test.store.insert('otel_traces', [
    routeSpan({ SpanId: 'old', Timestamp: toDateTime64(NOW_NANO - 20n * DAY_NANO) }),
    routeSpan({ SpanId: 'new', Timestamp: toDateTime64(NOW_NANO) }),
  ]);
});
afterAll(() => test?.stop());

const of = async (name: string) => (await tableRetention(test.store)).find(({ table }) => table === name);

it('covers every table whose rows expire', async () => {
  const expiring = (await tableRetention(test.store)).filter(({ days }) => days !== null);
  const configured = [...daysByTable(DEFAULTS).keys(), 'schema_migration_leases'];
  expect(expiring.map(({ table }) => table).sort()).toEqual(configured.sort());
});

it('tells bytes, rows, the oldest row and what goes next', async () => {
  const second = (nano: bigint) => `${new Date(Number(nano / 1_000_000n)).toISOString().slice(0, 19)}`;
  expect(await of('otel_traces')).toMatchObject({
    rows: 2,
    bytes: expect.any(Number),
    days: 30,
    expiredRows: 0,
    oldest: `${second(NOW_NANO - 20n * DAY_NANO)}.000Z`,
    next: { rows: 1, at: `${second(NOW_NANO + 10n * DAY_NANO)}Z` },
  });
});

it('changes nothing when the schema already is what is configured', async () => {
  expect(await applyRetention(test.store, DEFAULTS)).toEqual([]);
});

it('changes what differs, also for what is stored, and only that', async () => {
  const changes = await applyRetention(test.store, { ...DEFAULTS, tracesDays: 10, decisionsDays: 120 });
  expect(changes).toEqual([
    { table: 'decisions_raw', fromDays: 90, toDays: 120 },
    { table: 'erased', fromDays: 90, toDays: 120 },
    { table: 'otel_traces', fromDays: 30, toDays: 10 },
    { table: 'otel_traces_trace_id_ts', fromDays: 30, toDays: 10 },
  ]);
  expect(await applyRetention(test.store, { ...DEFAULTS, tracesDays: 10, decisionsDays: 120 })).toEqual([]);
  const [{ engine_full } = {}] = await test.select(
    "SELECT engine_full FROM system.tables WHERE database = currentDatabase() AND name = 'otel_traces'",
  );
  expect(engine_full).toContain('ttl_only_drop_parts = 1');
  // The day that is past its date is waiting, or already dropped.
  await vi.waitFor(async () => {
    const { rows = 0, expiredRows = 0 } = (await of('otel_traces')) ?? {};
    expect(rows - expiredRows).toBe(1);
  }, 10_000);
});

it('remembers erasures for as long as the longest kept rows', () => {
  expect(daysByTable({ ...DEFAULTS, rollupsDays: 800, logsDays: 200 }).get('erased')).toBe(200);
});

it('finds no log of ClickHouse itself in the embedded server', async () => {
  await test.store.command('SYSTEM FLUSH LOGS');
  const tables = await tableRetention(test.store);
  expect(tables.filter(({ table }) => table.startsWith('system.'))).toEqual([]);
  expect(
    await test.select("SELECT name FROM system.tables WHERE database = 'system' AND name LIKE '%\\_log'"),
  ).toEqual([]);
});

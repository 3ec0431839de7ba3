import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LOG_ROW } from '../__fixtures__/log-row.js';
import { METRIC_ROWS } from '../__fixtures__/metric-rows.js';
import { startTestStore, type TestStore } from '../__fixtures__/start-test-store.js';
import { ann, emptyTables, insertRequests, spansOf } from '../__fixtures__/user-requests.js';
import { migrate } from '../migrations/migrate.js';
import { ERASABLE_TABLES, IMPERSONAL_TABLES } from './erasable-tables.js';
import { exportSubject } from './export-subject.js';
import { heldRows } from './held-rows.js';
import type { Subject } from './subject.js';

let test: TestStore;
beforeAll(async () => {
  test = await startTestStore();
  await migrate(test.store);
});
afterAll(() => test?.stop());
beforeEach(() => emptyTables(test));

describe('the list of erasable tables', () => {
  it('has every table that stores rows, or says why not', async () => {
    const tables = await test.select(
      "SELECT name FROM system.tables WHERE database = currentDatabase() AND engine LIKE '%MergeTree' ORDER BY name",
    );
    const declared = [...ERASABLE_TABLES.map(({ name }) => name), ...Object.keys(IMPERSONAL_TABLES)];
    expect(tables.map(({ name }) => name)).toEqual(declared.sort());
  });

  it('is kept in what is derived: no materialized view reads spans or log records past the filter', async () => {
    const views = await test.select(
      `SELECT name FROM system.tables
       WHERE database = currentDatabase() AND engine = 'MaterializedView'
         AND match(create_table_query, 'otel_(traces|logs)\\\\b') ORDER BY name`,
    );
    expect(views).toEqual([{ name: 'otel_logs_unerased_mv' }, { name: 'otel_traces_unerased_mv' }]);
  });

  it('knows every column that names a person', async () => {
    const columns = await test.select(
      `SELECT table, name FROM system.columns
       WHERE database = currentDatabase() AND table IN (SELECT name FROM system.tables WHERE engine LIKE '%MergeTree')
         AND name IN ('tenant', 'user_id', 'decision_id', 'trace_id', 'TraceId', 'Attributes', 'SpanAttributes', 'LogAttributes')`,
    );
    for (const { table, name } of columns) {
      const declared = ERASABLE_TABLES.find((each) => each.name === table);
      const expressions = [declared?.user, declared?.tenant, declared?.decision, declared?.trace].join();
      expect(expressions, `${table}`).toContain(name);
    }
  });
});

describe('heldRows', () => {
  it('is empty for an id that nobody has', async () => {
    await insertRequests(test, { user: 'ann', number: 1 });
    expect(await heldRows(test.store, { kind: 'user', id: 'nobody' })).toEqual([]);
  });

  it('counts what belongs to a user, in every table', async () => {
    await insertRequests(test, { user: 'ann', number: 1 }, { user: 'bob', number: 2 });
    await test.store.insert('otel_logs', [
      { ...LOG_ROW, TraceId: 'trace-1', SpanId: '', LogAttributes: {} },
      { ...LOG_ROW, TraceId: '', SpanId: '', LogAttributes: { 'signalbox.decision.id': 'decision-1' } },
      { ...LOG_ROW, TraceId: 'trace-2', SpanId: '', LogAttributes: {} },
    ]);
    const Attributes = { 'user.id': 'ann' };
    await test.store.insert('otel_metrics_gauge', [{ ...METRIC_ROWS.otel_metrics_gauge, Attributes }]);
    expect(
      Object.fromEntries((await heldRows(test.store, ann)).map(({ table, rows }) => [table, rows])),
    ).toEqual({
      otel_metrics_gauge: 1,
      otel_traces_trace_id_ts: 1,
      otel_logs: 2,
      attempts_raw: 1,
      otel_traces: 3,
      decisions_raw: 1,
    });
  });
});

describe('exportSubject', () => {
  const read = async (subject: Subject) => Array.fromAsync(exportSubject(test.store, subject));

  it('yields nothing for an id that nobody has', async () => {
    await insertRequests(test, { user: 'bob', number: 2 });
    expect(await read(ann)).toEqual([]);
  });

  it('yields every row once, with 64-bit integers and nanoseconds exact', async () => {
    await insertRequests(test, { user: 'ann', number: 1 }, { user: 'bob', number: 2 });
    await test.store.insert(
      'otel_traces',
      spansOf({ user: 'ann', number: 1 }).map((span) => ({ ...span, Duration: 18_446_744_073_709_551_615n })),
    );
    const rows = await read(ann);
    expect(rows.map(({ table }) => table)).toEqual([
      'otel_traces_trace_id_ts',
      'attempts_raw',
      'otel_traces',
      'otel_traces',
      'otel_traces',
      'decisions_raw',
    ]);
    const decision = JSON.parse(rows.at(-1)?.json ?? '');
    expect(decision).toMatchObject({ decision_id: 'decision-1', duration_ns: '18446744073709551615' });
    expect(decision.timestamp).toMatch(/T.*\.\d{9}Z$/);
    expect(JSON.stringify(rows)).not.toContain('bob');
  });
});

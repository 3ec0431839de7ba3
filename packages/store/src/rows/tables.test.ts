import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONTRIB_COLUMNS } from '../__fixtures__/contrib-columns.js';
import { LOG_ROW } from '../__fixtures__/log-row.js';
import { METRIC_ROWS } from '../__fixtures__/metric-rows.js';
import { NOW_NANO, routeSpan } from '../__fixtures__/spans.js';
import { startTestStore, type TestStore } from '../__fixtures__/start-test-store.js';
import { migrate } from '../migrations/migrate.js';
import { toDateTime64 } from './date-time64.js';
import type { RowByTable, TableName } from './row-by-table.js';

let test: TestStore;

beforeAll(async () => {
  test = await startTestStore();
  await migrate(test.store);
});
afterAll(() => test?.stop());

const ROWS: RowByTable = {
  ...METRIC_ROWS,
  otel_logs: LOG_ROW,
  otel_traces: routeSpan({ SpanName: 'written' }),
};
const TABLES = Object.keys(ROWS) as TableName[];

describe('every table', () => {
  it.each(Object.keys(CONTRIB_COLUMNS))('%s has the columns of the contrib exporter', async (table) => {
    const columns = await test.select(
      `SELECT name, type FROM system.columns WHERE database = currentDatabase() AND table = '${table}'`,
    );
    const found = Object.fromEntries(columns.map(({ name, type }) => [name, type]));
    expect(found).toMatchObject(CONTRIB_COLUMNS[table] ?? {});
  });

  it.each(TABLES)('%s lets an exporter leave out the columns that are ours', async (table) => {
    const extra = await test.select(
      `SELECT name, default_kind FROM system.columns
       WHERE database = currentDatabase() AND table = '${table}' ORDER BY position`,
    );
    const ours = extra.filter(({ name }) => !(String(name) in (CONTRIB_COLUMNS[table] ?? {})));
    expect(ours.length).toBeGreaterThan(0);
    expect(ours.map(({ default_kind }) => default_kind)).toEqual(ours.map(() => 'DEFAULT'));
  });

  it.each(TABLES)('%s gives back a row as it was written', async (table) => {
    await test.store.insert(table, [ROWS[table]]);
    const columns = Object.keys(ROWS[table]).map((column) => `\`${column}\``);
    const [stored] = await test.select(`SELECT ${columns.join(', ')} FROM ${table}`);
    expect(normalize(stored)).toEqual(normalize(ROWS[table]));
  });

  it.each(TABLES)('%s keeps one of a row that is inserted again', async (table) => {
    await test.store.insert(table, [ROWS[table]]);
    await test.store.insert(table, [ROWS[table], ROWS[table]]);
    expect(await test.select(`SELECT count() AS rows FROM ${table} FINAL`)).toEqual([{ rows: '1' }]);
  });
});

/** The row with numbers and bigints as digits, as both sides of the comparison have some of each. */
function normalize(row: unknown): unknown {
  return JSON.parse(
    JSON.stringify(row, (_, value) =>
      typeof value === 'bigint' || typeof value === 'number' ? String(value) : value,
    ),
  );
}

it.each([0n, 1n, 999_999_999n, 2_023_000_000_005n, 1_700_000_000_123_456_789n, 9_223_372_036_854_775_807n])(
  'stores the time %d exactly',
  async (unixNano) => {
    const TraceId = `time-${unixNano}`;
    const row = {
      'Events.Timestamp': [toDateTime64(unixNano)],
      'Events.Name': ['e'],
      'Events.Attributes': [{}],
    };
    await test.store.insert('otel_traces', [routeSpan({ TraceId, ...row })]);
    const sql = `SELECT toUnixTimestamp64Nano(Events.Timestamp[1]) AS nano FROM otel_traces WHERE TraceId = '${TraceId}'`;
    expect(await test.select(sql)).toEqual([{ nano: String(unixNano) }]);
  },
);

it.each([0n, '0', 9_007_199_254_740_993n, 18_446_744_073_709_551_615n, '18446744073709551615'])(
  'stores the 64-bit integer %s exactly',
  async (value) => {
    const MetricName = `integer ${typeof value} ${value}`;
    const row = {
      ...METRIC_ROWS.otel_metrics_histogram,
      MetricName,
      Count: value,
      BucketCounts: [value, value],
    };
    await test.store.insert('otel_metrics_histogram', [row]);
    const sql = `SELECT Count, BucketCounts FROM otel_metrics_histogram WHERE MetricName = '${MetricName}'`;
    const digits = String(value);
    expect(await test.select(sql)).toEqual([{ Count: digits, BucketCounts: [digits, digits] }]);
  },
);

it.each([
  [Number.NaN, 'nan'],
  [Number.POSITIVE_INFINITY, 'inf'],
  [Number.NEGATIVE_INFINITY, '-inf'],
  [5e-324, '5e-324'],
  [-0.1, '-0.1'],
])('stores the number %d exactly', async (Value, text) => {
  const MetricName = `float ${text}`;
  await test.store.insert('otel_metrics_gauge', [{ ...METRIC_ROWS.otel_metrics_gauge, MetricName, Value }]);
  const sql = `SELECT toString(Value) AS text FROM otel_metrics_gauge WHERE MetricName = '${MetricName}'`;
  expect(await test.select(sql)).toEqual([{ text }]);
});

it('keeps metric points of one second and one series apart', async () => {
  const point = { ...METRIC_ROWS.otel_metrics_sum, MetricName: 'points' };
  const later = toDateTime64(NOW_NANO + 1n);
  await test.store.insert('otel_metrics_sum', [
    point,
    { ...point, time_exact: later },
    { ...point, Attributes: { other: 'series' } },
    { ...point, ResourceAttributes: { 'service.instance.id': 'another process' } },
  ]);
  const sql = "SELECT count() AS rows FROM otel_metrics_sum FINAL WHERE MetricName = 'points'";
  expect(await test.select(sql)).toEqual([{ rows: '4' }]);
});

it('keeps log records of one nanosecond apart that differ in anything', async () => {
  const record = { ...LOG_ROW, ServiceName: 'logs' };
  await test.store.insert('otel_logs', [
    record,
    { ...record, Body: 'another' },
    { ...record, LogAttributes: { another: 'attribute' } },
  ]);
  const sql = "SELECT count() AS rows FROM otel_logs FINAL WHERE ServiceName = 'logs'";
  expect(await test.select(sql)).toEqual([{ rows: '3' }]);
});

it('finds the time of a trace whose spans arrive apart and again', async () => {
  const TraceId = 'trace-ts';
  const second = 1_000_000_000n;
  const first = routeSpan({ TraceId, SpanId: 'a', Timestamp: toDateTime64(NOW_NANO) });
  const last = routeSpan({ TraceId, SpanId: 'b', Timestamp: toDateTime64(NOW_NANO + 5n * second) });
  await test.store.insert('otel_traces', [first]);
  await test.store.insert('otel_traces', [first, last]);
  await test.store.insert('otel_traces', [first]);
  await test.store.command('OPTIMIZE TABLE otel_traces_trace_id_ts FINAL');
  const found = await test.select(
    `SELECT dateDiff('second', min(Start), max(End)) AS seconds FROM otel_traces_trace_id_ts WHERE TraceId = '${TraceId}'`,
  );
  expect(found).toEqual([{ seconds: '5' }]);
});

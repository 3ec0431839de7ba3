import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LOG_ROW } from '../__fixtures__/log-row.js';
import { METRIC_ROWS } from '../__fixtures__/metric-rows.js';
import {
  ATTEMPT_ATTRIBUTES,
  attemptSpan,
  NOW_NANO,
  ROUTE_ATTRIBUTES,
  routeSpan,
} from '../__fixtures__/spans.js';
import { startTestStore, type TestStore } from '../__fixtures__/start-test-store.js';
import { migrate } from '../migrations/migrate.js';
import { rebuildRollups } from '../rollups/rebuild-rollups.js';
import { toDateTime64 } from '../rows/date-time64.js';
import type { TraceRow } from '../rows/trace-row.js';
import { ERASABLE_TABLES, IMPERSONAL_TABLES } from './erasable-tables.js';
import { eraseSubject } from './erase-subject.js';
import { exportSubject } from './export-subject.js';
import { heldRows } from './held-rows.js';
import type { Subject } from './subject.js';
import { sweepErased } from './sweep-erased.js';

let test: TestStore;

beforeAll(async () => {
  test = await startTestStore();
  await migrate(test.store);
});
afterAll(() => test?.stop());

beforeEach(async () => {
  for (const { name } of ERASABLE_TABLES) await test.store.command(`TRUNCATE TABLE ${name}`);
  await test.store.command('TRUNCATE TABLE erased');
  await test.store.command('TRUNCATE TABLE erasures');
});

type Request = { user: string; tenant?: string; number: number; at?: bigint };

/** A routed request with everything around it: route span, attempt span, a span of the service, all in one trace. */
function spansOf({ user, tenant = 'acme', number, at = NOW_NANO }: Request): TraceRow[] {
  const decision = `decision-${number}`;
  const common = { TraceId: `trace-${number}`, Timestamp: toDateTime64(at) };
  const names = { 'signalbox.decision.id': decision, 'signalbox.tenant': tenant };
  return [
    routeSpan({ ...common, SpanAttributes: { ...ROUTE_ATTRIBUTES, ...names, 'user.id': user } }),
    attemptSpan({ ...common, SpanAttributes: { ...ATTEMPT_ATTRIBUTES, ...names } }),
    routeSpan({
      ...common,
      SpanId: 'service',
      ScopeName: 'http',
      SpanName: 'GET /profile',
      SpanAttributes: { 'url.path': `/profile/${user}` },
    }),
  ];
}

const insertRequests = (...requests: Request[]) =>
  test.store.insert('otel_traces', requests.flatMap(spansOf));

const ann: Subject = { kind: 'user', id: 'ann' };
const by = { requestedBy: 'a test' };

/** The ids that people can read, by view or table. */
async function visible() {
  const ids = async (sql: string) => (await test.select(`${sql} ORDER BY id`)).map(({ id }) => id);
  return {
    decisions: await ids('SELECT decision_id AS id FROM decisions'),
    attempts: await ids('SELECT decision_id AS id FROM attempts'),
    traces: await ids('SELECT DISTINCT TraceId AS id FROM otel_traces'),
  };
}

const only = (...numbers: number[]) => ({
  decisions: numbers.map((number) => `decision-${number}`),
  attempts: numbers.map((number) => `decision-${number}`),
  traces: numbers.map((number) => `trace-${number}`),
});

const ERASED = { kind: 'user', id: 'nobody' } as const;

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
    await insertRequests({ user: 'ann', number: 1 });
    expect(await heldRows(test.store, ERASED)).toEqual([]);
  });

  it('counts what belongs to a user, in every table', async () => {
    await insertRequests({ user: 'ann', number: 1 }, { user: 'bob', number: 2 });
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

describe('eraseSubject', () => {
  it('answers null for an id that nobody has, and writes nothing', async () => {
    await insertRequests({ user: 'bob', number: 2 });
    expect(await eraseSubject(test.store, ann, by)).toBeNull();
    expect(await visible()).toEqual(only(2));
    expect(await test.select('SELECT count() AS rows FROM erased')).toEqual([{ rows: '0' }]);
  });

  it('deletes a user from every table and leaves everyone else', async () => {
    await insertRequests({ user: 'ann', number: 1 }, { user: 'bob', number: 2 }, { user: 'ann', number: 3 });
    const receipt = await eraseSubject(test.store, ann, by);
    expect(await visible()).toEqual(only(2));
    expect(await heldRows(test.store, ann)).toEqual([]);
    expect(receipt?.tables).toContainEqual({ table: 'decisions_raw', rowsBefore: 2, rowsAfter: 0 });
    // Rewritten, not only hidden.
    const [masked] = await test.select(
      'SELECT count() AS rows FROM otel_traces SETTINGS apply_deleted_mask = 0',
    );
    expect(masked).toEqual({ rows: '3' });
  });

  it('deletes a tenant and leaves the others, of the same user too', async () => {
    await insertRequests(
      { user: 'ann', tenant: 'acme', number: 1 },
      { user: 'ann', tenant: 'globex', number: 2 },
    );
    await eraseSubject(test.store, { kind: 'tenant', id: 'acme' }, by);
    expect(await visible()).toEqual(only(2));
  });

  it('leaves the decisions of others in a shared trace', async () => {
    const shared = { TraceId: 'shared' };
    const spans = [
      { user: 'ann', number: 1 },
      { user: 'bob', number: 2 },
    ].flatMap(spansOf);
    await test.store.insert(
      'otel_traces',
      spans.map((span, index) => ({ ...span, ...shared, SpanId: `span-${index}` })),
    );
    await eraseSubject(test.store, ann, by);
    expect(await visible()).toEqual({ ...only(2), traces: ['shared'] });
    expect(await test.select('SELECT count() AS rows FROM otel_traces')).toEqual([{ rows: '2' }]);
  });

  it('deletes feedback of a user, and not the decision of another that it is about', async () => {
    await insertRequests({ user: 'bob', number: 2 });
    const feedback = {
      ...LOG_ROW,
      ScopeName: 'signalbox',
      LogAttributes: {
        'gen_ai.evaluation.name': 'satisfaction',
        'gen_ai.evaluation.score.value': '5',
        'signalbox.decision.id': 'decision-2',
        'user.id': 'ann',
      },
    };
    await test.store.insert('otel_logs', [feedback]);
    const count = async () => test.select('SELECT count() AS rows FROM feedback');
    expect(await count()).toEqual([{ rows: '1' }]);
    await eraseSubject(test.store, ann, by);
    expect(await visible()).toEqual(only(2));
    expect(await count()).toEqual([{ rows: '0' }]);
    await test.store.insert('otel_logs', [feedback]);
    expect(await count()).toEqual([{ rows: '0' }]);
  });

  it('counts a user out of the rollups', async () => {
    await insertRequests({ user: 'ann', number: 1 }, { user: 'bob', number: 2 });
    const at = Number(NOW_NANO / 1_000_000n);
    await rebuildRollups(test.store, { from: new Date(at), to: new Date(at + 1) });
    const requests = async () => [
      ...(await test.select('SELECT sum(requests) AS n FROM rollup_1m')),
      ...(await test.select('SELECT sum(requests) AS n FROM rollup_1w')),
    ];
    expect(await requests()).toEqual([{ n: '2' }, { n: '2' }]);
    await eraseSubject(test.store, ann, by);
    expect(await requests()).toEqual([{ n: '1' }, { n: '1' }]);
    await eraseSubject(test.store, { kind: 'tenant', id: 'acme' }, by);
    expect(await requests()).toEqual([{ n: '0' }, { n: '0' }]);
    expect(await heldRows(test.store, { kind: 'tenant', id: 'acme' })).toEqual([]);
  });

  it('writes a receipt that proves the id and does not have it', async () => {
    await insertRequests({ user: 'ann', number: 1 });
    const receipt = await eraseSubject(test.store, ann, by);
    const [stored = {}] = await test.select('SELECT * FROM erasures');
    expect(stored).toMatchObject({
      erasure_id: receipt?.erasureId,
      requested_by: 'a test',
      subject: 'user',
      id_hash: createHash('sha256').update(`${stored.salt}ann`).digest('hex'),
      'tables.name': ['otel_traces_trace_id_ts', 'attempts_raw', 'otel_traces', 'decisions_raw'],
      'tables.rows_before': ['1', '1', '3', '1'],
      'tables.rows_after': ['0', '0', '0', '0'],
    });
    expect(JSON.stringify(stored)).not.toContain('ann');
    const mutations = await test.select('SELECT command FROM system.mutations');
    expect(JSON.stringify(mutations)).not.toMatch(/\bann\b|decision-1|trace-1/);
  });

  it('goes on after an erasure that ended half-way', async () => {
    await insertRequests({ user: 'ann', number: 1 });
    await eraseSubject(test.store, ann, by);
    // As if otel_traces had not been reached, with nothing left in it that names the user.
    await test.store.insert('otel_traces', spansOf({ user: 'ann', number: 1 }).slice(1));
    const receipt = await eraseSubject(test.store, ann, by);
    expect(receipt?.tables).toContainEqual({ table: 'otel_traces', rowsBefore: 2, rowsAfter: 0 });
    expect(await visible()).toEqual(only());
  });
});

describe('after an erasure', () => {
  const block = [
    { user: 'ann', number: 1 },
    { user: 'bob', number: 2 },
  ];

  it('keeps a replayed block of the user out of decisions and attempts, and shows the others', async () => {
    await insertRequests(...block);
    await eraseSubject(test.store, ann, by);
    await insertRequests(...block);
    expect(await visible()).toEqual({ ...only(2), traces: ['trace-1', 'trace-2'] });
  });

  it('sweeps what came back in the raw tables', async () => {
    await insertRequests(...block);
    await eraseSubject(test.store, ann, by);
    await insertRequests(...block);
    expect(await sweepErased(test.store)).toEqual({
      subjects: 1,
      tables: [{ table: 'otel_traces', rows: 3 }],
    });
    expect(await visible()).toEqual(only(2));
    expect(await sweepErased(test.store)).toEqual({ subjects: 0, tables: [] });
  });

  it('keeps out a span that began before and comes for the first time', async () => {
    await insertRequests({ user: 'ann', number: 1 });
    await eraseSubject(test.store, ann, by);
    await insertRequests({ user: 'ann', number: 7 });
    expect((await visible()).decisions).toEqual([]);
    await sweepErased(test.store);
    expect(await visible()).toEqual(only());
  });

  it('shows what the user does later', async () => {
    await insertRequests({ user: 'ann', number: 1 });
    await eraseSubject(test.store, ann, by);
    await insertRequests({ user: 'ann', number: 8, at: BigInt(Date.now() + 1_000) * 1_000_000n });
    expect(await visible()).toEqual(only(8));
    await sweepErased(test.store);
    expect(await visible()).toEqual(only(8));
  });

  it.each([0n, 9_223_372_036_854_775_807n])('takes spans at the end of time (%d)', async (at) => {
    await insertRequests({ user: 'ann', number: 1 });
    await eraseSubject(test.store, ann, by);
    await expect(
      insertRequests({ user: 'ann', number: 1, at }, { user: 'bob', number: 2 }),
    ).resolves.toBeUndefined();
    expect((await visible()).decisions).toEqual(['decision-2']);
  });

  it('keeps a replayed block of a tenant away', async () => {
    await insertRequests(...block);
    await eraseSubject(test.store, { kind: 'tenant', id: 'acme' }, by);
    await insertRequests(...block);
    expect((await visible()).decisions).toEqual([]);
    await sweepErased(test.store);
    expect(await visible()).toEqual(only());
  });
});

describe('exportSubject', () => {
  const read = async (subject: Subject) => Array.fromAsync(exportSubject(test.store, subject));

  it('yields nothing for an id that nobody has', async () => {
    await insertRequests({ user: 'bob', number: 2 });
    expect(await read(ann)).toEqual([]);
  });

  it('yields every row once, with 64-bit integers and nanoseconds exact', async () => {
    await insertRequests({ user: 'ann', number: 1 }, { user: 'bob', number: 2 });
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

// Compares the two ways to keep rollups that survive replays: buckets computed anew (what this package does), and partial
// sums of each inserted block under a replacing key, made by a materialized view. Run after a build:
//   node packages/store/src/rollups/rollups.bench.ts [rows]
// Prints JSON. `docs/decisions/2026-11-21-rollups.md` has the figures.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@clickhouse/client';
import { startEmbeddedClickHouse } from '@signalbox/embedded-clickhouse';
import { createStore, migrate, refreshRollups, usageByModel } from '../../dist/index.js';
import { USAGE_COLUMNS } from '../../dist/queries/usage.js';
import { DIMENSIONS, MEASURES } from '../../dist/rollups/rollup-columns.js';

const rows = Number(process.argv[2] ?? 1_000_000);
const BLOCK = 5_000;
const DAY_SECONDS = 86_400;
const tenant = 'tenant-0';

const directory = await mkdtemp(join(tmpdir(), 'signalbox-bench-rollups-'));
const server = await startEmbeddedClickHouse({ directory });
const login = { url: server.url, username: server.username, password: server.password, database: 'bench' };
const store = createStore(login);
const client = createClient(login);

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return Math.round(performance.now() - start) / 1000;
}

async function fastestMs(work: () => Promise<unknown>): Promise<number> {
  let fastest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 7; i++) fastest = Math.min(fastest, (await secondsOf(work)) * 1000);
  return Math.round(fastest);
}

async function select(query: string): Promise<Record<string, unknown>[]> {
  return (await client.query({ query, format: 'JSONEachRow' })).json();
}

/** 8 models, 12 routes, 9 tasks, 4 complexities, 3 tenants. `first` rows from `from`, spread over `seconds`. */
function insertDecisions(options: {
  from: number;
  first: number;
  count: number;
  perSecond: number;
  block: string;
}) {
  const { from, first, count, perSecond, block } = options;
  const pick = (salt: number, n: number) => `cityHash64(number, ${salt}) % ${n}`;
  return store.command(`
    INSERT INTO decisions_raw (
      timestamp, duration_ns, decision_id, parent_span_id, tenant, strategy, route, task_type, task_complexity,
      selected_model, selected_provider, served_model, served_provider, explored, confidence, override,
      decide_duration_us, outcome, error_type, cache, tokens_input, tokens_output, cost_nano_usd,
      time_to_first_chunk_ms, received_at)
    SELECT
      fromUnixTimestamp64Milli(toInt64(${from} * 1000 + number * 1000 / ${perSecond})),
      toUInt64(exp(6.5 + ${pick(1, 1000)} / 400) * 1e6),
      hex(cityHash64(number)), '${block}',
      'tenant-' || toString(${pick(2, 3)}), 'balanced', 'route-' || toString(${pick(3, 12)}),
      'task-' || toString(${pick(3, 12)} % 9), ['simple', 'moderate', 'complex', 'expert'][1 + ${pick(5, 4)}],
      'model-' || toString(${pick(6, 8)}), 'provider-' || toString(${pick(6, 8)} % 3),
      'model-' || toString(${pick(6, 8)}), 'provider-' || toString(${pick(6, 8)} % 3),
      ${pick(7, 50)} = 0, ${pick(8, 1000)} / 1000, ${pick(9, 20)} = 0, 20 + ${pick(10, 400)} / 10,
      if(${pick(11, 25)} = 0, 'failed', 'succeeded'), if(${pick(11, 25)} = 0, 'timeout', NULL),
      ['hit-exact', 'miss'][1 + ${pick(12, 2)}], 500 + ${pick(13, 3000)}, 100 + ${pick(14, 900)},
      if(${pick(15, 30)} = 0, NULL, 500000 + ${pick(16, 1_000_000)}), 200 + ${pick(17, 500)}, now64(3)
    FROM numbers(${first}, ${count})`);
}

const from = Math.floor(Date.now() / 1000 / DAY_SECONDS) * DAY_SECONDS - DAY_SECONDS;

async function insertAll(): Promise<void> {
  for (let first = 0; first < rows; first += BLOCK) {
    await insertDecisions({
      from,
      first,
      count: BLOCK,
      perSecond: rows / DAY_SECONDS,
      block: `block-${first}`,
    });
  }
}

async function createPartials(): Promise<void> {
  const columns = ['tenant', 'bucket', ...DIMENSIONS, 'block', ...Object.keys(MEASURES)];
  await store.command('CREATE TABLE partials AS rollup_1m_raw ENGINE = Memory');
  await store.command(
    `CREATE TABLE partials_raw ENGINE = ReplacingMergeTree PARTITION BY toDate(bucket)
     ORDER BY (tenant, bucket, ${DIMENSIONS.join(', ')}, block)
     AS SELECT * EXCEPT (refreshed_at, deleted), '' AS block FROM partials`,
  );
  await store.command(
    `CREATE MATERIALIZED VIEW partials_mv TO partials_raw AS
     SELECT d.tenant AS tenant, toDateTime(toStartOfMinute(timestamp), 'UTC') AS bucket,
       ${DIMENSIONS.map((name) => `ifNull(d.${name}, '') AS ${name}`).join(', ')}, d.parent_span_id AS block,
       ${Object.entries(MEASURES)
         .map(([name, sql]) => `${sql} AS ${name}`)
         .join(', ')}
     FROM decisions_raw AS d
     GROUP BY ${columns.slice(0, columns.indexOf('block') + 1).join(', ')}`,
  );
  const [view] = await select(
    "SELECT as_select AS sql FROM system.tables WHERE name = 'rollup_1m' AND database = 'bench'",
  );
  const over = String(view?.sql).replace(/bench\.rollup_1m_raw/, 'bench.partials_raw');
  await store.command(`CREATE VIEW partials_1m AS ${over}`);
}

async function bytesOf(table: string): Promise<number> {
  await store.command(`OPTIMIZE TABLE ${table} FINAL`);
  const [row] = await select(
    `SELECT sum(data_compressed_bytes) AS bytes FROM system.parts WHERE database = 'bench' AND table = '${table}' AND active`,
  );
  return Number(row?.bytes);
}

try {
  await migrate(store);
  const insertSeconds = await secondsOf(insertAll);
  const firstRefreshSeconds = await secondsOf(() => refreshRollups(store));

  await createPartials();
  await store.command('TRUNCATE TABLE decisions_raw');
  const insertSecondsWithPartials = await secondsOf(insertAll);

  // The same decisions once more, in blocks of another size, as a sender does that timed out.
  const again = { from, first: 0, count: BLOCK * 2, perSecond: rows / DAY_SECONDS, block: 'again' };
  await insertDecisions(again);
  await refreshRollups(store);
  const requestsIn = async (view: string) =>
    Number((await select(`SELECT sum(requests) AS n FROM ${view}`))[0]?.n);
  const counted = { partials_1m: await requestsIn('partials_1m'), rollup_1m: await requestsIn('rollup_1m') };

  const range = { tenant, from: new Date(from * 1000), to: new Date((from + DAY_SECONDS) * 1000) };
  const read = (rollup: string) =>
    fastestMs(() =>
      select(
        `SELECT r.model, ${USAGE_COLUMNS} FROM ${rollup} AS r
         WHERE r.tenant = '${tenant}' AND r.bucket >= ${from} AND r.bucket < ${from + DAY_SECONDS} GROUP BY r.model`,
      ),
    );
  const bytes: Record<string, number> = {};
  const tables = [
    'decisions_raw',
    'rollup_1m_raw',
    'rollup_1h_raw',
    'rollup_1d_raw',
    'rollup_1w_raw',
    'partials_raw',
  ];
  for (const table of tables) bytes[table] = Math.round(((await bytesOf(table)) / rows) * 10) / 10;
  const readMs = {
    partials_1m: await read('partials_1m'),
    rollup_1m: await read('rollup_1m'),
    rollup_1h: await read('rollup_1h'),
    rollup_1d: await read('rollup_1d'),
    decisions: await fastestMs(() =>
      select(
        `SELECT served_model, count(), sum(cost_nano_usd), quantile(0.95)(duration_ns) FROM decisions
         WHERE tenant = '${tenant}' AND timestamp >= ${from} AND timestamp < ${from + DAY_SECONDS} GROUP BY served_model`,
      ),
    ),
  };

  // Live: 1000 decisions a second for two minutes, refreshed every three seconds; the watermark stands at the day above.
  await store.command("INSERT INTO rollup_watermark SELECT 'rollups', now64(6)");
  await store.command('DROP VIEW partials_mv');
  const now = Math.floor(Date.now() / 60_000) * 60;
  const refreshMs: number[] = [];
  await store.command('TRUNCATE TABLE decisions_raw');
  for (let second = 0; second < 120; second += 3) {
    await insertDecisions({
      from: now,
      first: second * 1000,
      count: 3000,
      perSecond: 1000,
      block: `live-${second}`,
    });
    refreshMs.push((await secondsOf(() => refreshRollups(store))) * 1000);
  }
  const queryMs = await fastestMs(() => store.query(usageByModel, range));

  const sorted = refreshMs.sort((a, b) => a - b);
  const figures = {
    rows,
    requests_counted: counted,
    insert_rows_per_second: Math.round(rows / insertSeconds),
    insert_rows_per_second_with_partials: Math.round(rows / insertSecondsWithPartials),
    first_refresh_rows_per_second: Math.round(rows / firstRefreshSeconds),
    live_refresh_ms: { p50: Math.round(sorted[20] ?? 0), max: Math.round(sorted.at(-1) ?? 0) },
    usage_by_model_ms: queryMs,
    bytes_per_decision: bytes,
    read_24h_ms: readMs,
  };
  process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
} finally {
  await Promise.all([store.close(), client.close()]);
  await server.stop();
  await rm(directory, { recursive: true, force: true });
}

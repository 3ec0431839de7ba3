import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedClickHouse, startEmbeddedClickHouse } from '@signalbox/embedded-clickhouse';
import {
  type CallOptions,
  createStore,
  keepRollupsFresh,
  migrate,
  rebuildRollups,
  type Store,
} from '@signalbox/store';
import type { Output } from '../output/output.js';
import { atLeast, atMost, type BenchReport, createBenchReport, type Figure, inform } from './bench-report.js';
import { type GeneratedSpans, insertGeneratedSpans } from './generated-spans.js';
import {
  type Timing,
  timeDecisionQueries,
  timeRawQuery,
  timeRollupQueries,
  type Window,
} from './query-times.js';
import { peakMemoryMib } from './server-memory.js';
import { settle, storedBytes } from './stored-bytes.js';

const HOUR_MS = 3_600_000;
/** 30 days, less some hours so that nothing expires under the measurement. */
const SPREAD_MS = 714 * HOUR_MS;
const LOAD_BLOCK = 10_000;
const LIVE_BLOCK = 2500;
const LIVE_BLOCKS = 20;

const TABLES = [
  'otel_traces',
  'otel_traces_trace_id_ts',
  'decisions_raw',
  'attempts_raw',
  'rollup_1m_raw',
  'rollup_1h_raw',
  'rollup_1d_raw',
  'rollup_1w_raw',
];

type Options = { rows: number; signal: AbortSignal };
type Bench = { store: Store; output: Output; call: CallOptions };

/** A server and a migrated database in a directory of their own, which is removed whatever happens. */
const withStore = async <T>(
  run: (store: Store, clickhouse: EmbeddedClickHouse) => Promise<T>,
): Promise<T> => {
  const directory = await mkdtemp(join(tmpdir(), 'signalbox-bench-'));
  try {
    const clickhouse = await startEmbeddedClickHouse({ directory });
    const { url, username, password } = clickhouse;
    const store = createStore({ url, username, password, database: 'bench' });
    try {
      await migrate(store);
      return await run(store, clickhouse);
    } finally {
      await store.close();
      await clickhouse.stop();
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};

const secondsOf = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
};

/** Decisions `first` to `total` spread over the whole time, block by block, then the rollups of all that is there. */
const load = async (
  { store, output, call }: Bench,
  spans: Omit<GeneratedSpans, 'table' | 'first' | 'count'>,
): Promise<void> => {
  const { total } = spans;
  for (let first = 0; first < total; first += LOAD_BLOCK) {
    const count = Math.min(LOAD_BLOCK, total - first);
    await store.command(insertGeneratedSpans({ ...spans, table: 'otel_traces', first, count }), {}, call);
    output.note(`${first + count} of ${total} decisions inserted`);
  }
  const range = { from: new Date(spans.from), to: new Date(spans.to) };
  const seconds = await secondsOf(() => rebuildRollups(store, range, call));
  output.note(`rollups computed in ${seconds.toFixed(1)} s`);
};

/** Seconds for the same blocks into `target`; making them does not count. */
const insertLive = async ({ store, call }: Bench, target: string): Promise<number> => {
  const to = Date.now();
  const total = LIVE_BLOCKS * LIVE_BLOCK;
  const spans = { table: 'bench_block', count: LIVE_BLOCK, total, from: to - 60_000, to, seed: 3 };
  let seconds = 0;
  for (let first = 0; first < total; first += LIVE_BLOCK) {
    await store.command('TRUNCATE TABLE bench_block', {}, call);
    await store.command(insertGeneratedSpans({ ...spans, first }), {}, call);
    const insert = `INSERT INTO ${target} SELECT * FROM bench_block`;
    seconds += await secondsOf(() => store.command(insert, {}, call));
  }
  return seconds;
};

/** Decisions inserted per second: into spans alone, and into all that is derived from them with rollups kept fresh. */
const measureInserts = async (bench: Bench): Promise<{ bare: number; full: number }> => {
  const { store, call } = bench;
  await store.command('CREATE TABLE bench_bare AS otel_traces', {}, call);
  await store.command('CREATE TABLE bench_block AS otel_traces ENGINE = Memory', {}, call);
  const decisions = LIVE_BLOCK * LIVE_BLOCKS;
  // What was loaded is in the rollups; without this the refresher would begin with all of it.
  await store.command("INSERT INTO rollup_watermark SELECT 'rollups', now64(6)", {}, call);
  const bare = decisions / (await insertLive(bench, 'bench_bare'));
  const refresher = keepRollupsFresh(store, { onError: (error) => bench.output.warn(String(error)) });
  try {
    return { bare, full: decisions / (await insertLive(bench, 'otel_traces')) };
  } finally {
    await refresher.stop();
  }
};

const worst = (timings: readonly Timing[]): number => Math.max(...timings.map(({ p95 }) => p95));

const informEach = (timings: readonly Timing[], window: Window): Figure[] =>
  timings.map(({ name, p95 }) => inform(`query_p95_ms_${window}.${name}`, p95, 'ms'));

/** How many times as long the queries take now, by their medians: the largest of the ratios. */
const growthOf = (before: readonly Timing[], after: readonly Timing[]): number =>
  Math.max(...after.map(({ p50 }, index) => p50 / (before[index]?.p50 ?? Number.NaN)));

/**
 * `bench store`: generated decisions (8 candidates with full explanation, 12 routes, 200 users, 30 days) in an embedded
 * ClickHouse: bytes on disk for each of them once everything is merged, times of the named queries, the cost of
 * inserting, and the server's peak memory. `growth_1m_to_10m` compares a tenth of the rows with all of them. The
 * reference, measured in the same run: the same inserts into a table of bare spans, and the same question asked of them.
 */
export const benchStore = (output: Output, { rows, signal }: Options): Promise<BenchReport> =>
  withStore(async (store, clickhouse) => {
    const bench: Bench = { store, output, call: { signal } };
    const { call } = bench;
    const now = new Date();
    const time = { from: now.getTime() - SPREAD_MS, to: now.getTime() };
    const tenth = Math.ceil(rows / 10);

    await load(bench, { ...time, total: tenth, seed: 1 });
    const rollupsAtTenth = await timeRollupQueries(store, '30d', now, call);
    await load(bench, { ...time, total: rows - tenth, seed: 2 });
    output.note('merging everything');
    await settle(store, TABLES);
    const bytes = await storedBytes(store, TABLES, rows);

    output.note('asking');
    const rollups30d = await timeRollupQueries(store, '30d', now, call);
    const all30d = [...rollups30d, ...(await timeDecisionQueries(store, '30d', now, call))];
    const all24h = [
      ...(await timeRollupQueries(store, '24h', now, call)),
      ...(await timeDecisionQueries(store, '24h', now, call)),
    ];
    const raw30d = await timeRawQuery(store, '30d', now, call);
    const model30d = rollups30d.find(({ name }) => name === 'usageByModel')?.p50 ?? Number.NaN;

    output.note('inserting');
    const inserts = await measureInserts(bench);
    const peak = await peakMemoryMib(clickhouse.pid);

    return createBenchReport({
      bench: 'store',
      reference: {
        name: 'spans alone',
        figures: { raw_usage_by_model_ms: raw30d.p50, bare_decisions_per_second: inserts.bare },
      },
      figures: [
        inform('rows', rows, 'decisions'),
        atMost('bytes_per_decision', bytes.total, 'bytes', 600),
        ...Object.entries(bytes.byTable).map(([table, { all = 0 }]) =>
          inform(`bytes_per_decision.${table}`, all, 'bytes'),
        ),
        atMost('query_p95_ms_30d', worst(all30d), 'ms', 300),
        ...informEach(all30d, '30d'),
        atMost('query_p95_ms_24h', worst(all24h), 'ms', 100),
        ...informEach(all24h, '24h'),
        inform('raw_query_ratio', raw30d.p50 / model30d, 'times'),
        atMost('growth_1m_to_10m', growthOf(rollupsAtTenth, rollups30d), 'times', 2),
        atLeast('insert_ratio', inserts.full / inserts.bare, 'of the reference', 0.4),
        inform('insert_decisions_per_second', inserts.full, 'per second'),
        ...(peak === null ? [] : [atMost('server_peak_mib', peak, 'MiB', 2048)]),
      ],
      details: { bytes_per_decision: bytes.byTable },
    });
  });

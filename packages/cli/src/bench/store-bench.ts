import { rebuildRollups } from '@signalbox/store';
import type { Output } from '../output/output.js';
import { atLeast, atMost, type BenchReport, createBenchReport, type Figure, inform } from './bench-report.js';
import { insertGeneratedFeedback } from './generated-feedback.js';
import { type GeneratedSpans, insertGeneratedSpans } from './generated-spans.js';
import { measureInserts, type StoreBench } from './insert-cost.js';
import {
  type Timing,
  timeDecisionQueries,
  timeRawQuery,
  timeRollupQueries,
  type Window,
} from './query-times.js';
import { secondsOf } from './seconds-of.js';
import { peakMemoryMib } from './server-memory.js';
import { settle, storedBytes } from './stored-bytes.js';
import { withTemporaryStore } from './temporary-store.js';

const HOUR_MS = 3_600_000;
/** 30 days, less some hours so that nothing expires under the measurement. */
const SPREAD_MS = 714 * HOUR_MS;
const LOAD_BLOCK = 10_000;

const TABLES = [
  'otel_traces',
  'otel_traces_trace_id_ts',
  'decisions_raw',
  'attempts_raw',
  'rollup_1m_raw',
  'rollup_1h_raw',
  'rollup_1d_raw',
  'rollup_1w_raw',
  'rollup_user_1h_raw',
  'rollup_user_1d_raw',
];

type Options = { rows: number; signal: AbortSignal };
/** Decisions `first` to `total` spread over the whole time, block by block, then the rollups of all that is there. */
const load = async (
  { store, output, call }: StoreBench,
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
  withTemporaryStore(async (store, clickhouse) => {
    const bench: StoreBench = { store, output, call: { signal } };
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
    await store.command(insertGeneratedFeedback, {}, call);

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
    const inserts = await measureInserts(bench, clickhouse);
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

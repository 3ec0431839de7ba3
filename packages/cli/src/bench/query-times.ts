import {
  type CallOptions,
  decisionById,
  type NamedQuery,
  recentDecisions,
  type Store,
  timeline,
  trafficSummary,
  usageByModel,
  usageByRoute,
} from '@signalbox/store';

const RUNS = 20;
const HOUR_MS = 3_600_000;

/** Hours that the dashboards look back, and what a query over them may take. */
export type Window = '24h' | '30d';

const HOURS: Record<Window, number> = { '24h': 24, '30d': 720 };

/** What takes `p50` and `p95` milliseconds. */
export type Timing = { name: string; p50: number; p95: number };

const timed = async (name: string, run: () => Promise<unknown>, runs: number): Promise<Timing> => {
  const times: number[] = [];
  // One more, which does not count: the first run of a query reads from the disk and compiles.
  for (let i = 0; i <= runs; i += 1) {
    const start = performance.now();
    await run();
    if (i > 0 || runs === 1) times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const rank = (part: number): number => times[Math.ceil(part * times.length) - 1] ?? Number.NaN;
  return { name, p50: rank(0.5), p95: rank(0.95) };
};

/** What `usageByModel` tells, from the spans as received. */
const rawUsageByModel: NamedQuery<{ from: Date; to: Date }, { requests: number }> = {
  name: 'benchRawUsageByModel',
  sql: `
    SELECT
      count() AS requests,
      SpanAttributes['signalbox.served.model'] AS model,
      countIf(SpanAttributes['signalbox.outcome'] = 'succeeded') AS succeeded,
      sum(toUInt64OrNull(SpanAttributes['signalbox.tokens.input'])) AS tokensInput,
      sum(toUInt64OrNull(SpanAttributes['signalbox.tokens.output'])) AS tokensOutput,
      sum(toInt64OrNull(SpanAttributes['signalbox.cost.nano_usd'])) AS costNanoUsd,
      quantile(0.95)(Duration) AS latencyP95
    FROM otel_traces
    WHERE ScopeName = 'signalbox' AND SpanAttributes['signalbox.decision.sequence'] != ''
      AND SpanAttributes['signalbox.tenant'] = 'bench'
      AND Timestamp >= {from:DateTime64(3, 'UTC')} AND Timestamp < {to:DateTime64(3, 'UTC')}
    GROUP BY model`,
  bind: (range) => range,
  decode: { requests: Number },
  limits: { maxExecutionSeconds: 600, maxMemoryBytes: 1.5 * 1024 ** 3 },
};

const rangeOf = (window: Window, to: Date): { tenant: string; from: Date; to: Date } => ({
  tenant: 'bench',
  from: new Date(to.getTime() - HOURS[window] * HOUR_MS),
  to,
});

/** Times the queries that a rollup serves. */
export const timeRollupQueries = async (
  store: Store,
  window: Window,
  to: Date,
  call: CallOptions,
): Promise<Timing[]> => {
  const range = rangeOf(window, to);
  return [
    await timed('trafficSummary', () => store.query(trafficSummary, range, call), RUNS),
    await timed('timeline', () => store.query(timeline, range, call), RUNS),
    await timed('usageByModel', () => store.query(usageByModel, range, call), RUNS),
    await timed('usageByRoute', () => store.query(usageByRoute, range, call), RUNS),
  ];
};

/** Times the queries that read decisions. Those without a time range look through all that is stored. */
export const timeDecisionQueries = async (
  store: Store,
  window: Window,
  to: Date,
  call: CallOptions,
): Promise<Timing[]> => {
  const { tenant } = rangeOf(window, to);
  const list = { tenant, limit: 50 };
  const [newest] = await store.query(recentDecisions, list, call);
  const decisionId = newest?.decisionId ?? '';
  return [
    await timed('recentDecisions', () => store.query(recentDecisions, list, call), RUNS),
    await timed('decisionById', () => store.query(decisionById, { decisionId, tenant }, call), RUNS),
  ];
};

/** Times the same question about spans as received, once: it may take long. */
export const timeRawQuery = (store: Store, window: Window, to: Date, call: CallOptions): Promise<Timing> =>
  timed('raw', () => store.query(rawUsageByModel, rangeOf(window, to), { timeoutMs: 600_000, ...call }), 1);

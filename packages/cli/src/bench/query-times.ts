import {
  attemptsByTarget,
  attemptsOfDecision,
  type CallOptions,
  dataFreshness,
  decisionById,
  errorsByType,
  feedbackByModel,
  feedbackOfDecision,
  latencyHeatMap,
  modelsOfUser,
  type NamedQuery,
  recentDecisions,
  type Store,
  spendOverTime,
  timeline,
  trafficSummary,
  usageByModel,
  usageByRoute,
  usageByStrategy,
  usageByTask,
  usageByTenant,
  usageByUser,
  usagePatterns,
} from '@signalbox/store';

const RUNS = 20;
/** After so much time a query is not run again, so that a slow one cannot hold up the others. */
const MAX_MS = 10_000;
const HOUR_MS = 3_600_000;

/** Hours that the dashboards look back, and what a query over them may take. */
export type Window = '24h' | '30d';

const HOURS: Record<Window, number> = { '24h': 24, '30d': 720 };

/** What takes `p50` and `p95` milliseconds. */
export type Timing = { name: string; p50: number; p95: number };

const timed = async (name: string, run: () => Promise<unknown>, runs: number): Promise<Timing> => {
  const times: number[] = [];
  // One more, which does not count: the first run of a query reads from the disk and compiles.
  const begin = performance.now();
  for (let i = 0; i <= runs && (i < 2 || performance.now() - begin < MAX_MS); i += 1) {
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

type Question = readonly [name: string, ask: (store: Store, call: CallOptions) => Promise<unknown>];

const question = <Params, Row>(query: NamedQuery<Params, Row>, params: Params): Question => [
  query.name,
  (store, call) => store.query(query, params, call),
];

const timeEach = async (
  store: Store,
  questions: readonly Question[],
  call: CallOptions,
): Promise<Timing[]> => {
  const timings: Timing[] = [];
  for (const [name, ask] of questions) timings.push(await timed(name, () => ask(store, call), RUNS));
  return timings;
};

/** Times the queries that a rollup serves. */
export const timeRollupQueries = (
  store: Store,
  window: Window,
  to: Date,
  call: CallOptions,
): Promise<Timing[]> => {
  const range = rangeOf(window, to);
  const questions = [
    question(trafficSummary, range),
    question(timeline, range),
    question(usageByModel, range),
    question(usageByRoute, range),
    question(usageByStrategy, range),
    question(usageByTask, range),
    question(usageByTenant, range),
    question(usageByUser, { ...range, limit: 50 }),
    question(modelsOfUser, { ...range, userId: 'user-1' }),
    question(usagePatterns, range),
    question(spendOverTime, { ...range, by: 'model' }),
    question(latencyHeatMap, range),
    question(errorsByType, range),
  ];
  return timeEach(store, questions, call);
};

/** Times the queries that read decisions, attempts and feedback. Some have no time range: they look for one decision. */
export const timeDecisionQueries = async (
  store: Store,
  window: Window,
  to: Date,
  call: CallOptions,
): Promise<Timing[]> => {
  const range = rangeOf(window, to);
  const { tenant } = range;
  const list = { tenant, limit: 50 };
  const [newest] = await store.query(recentDecisions, list, call);
  const one = { decisionId: newest?.decisionId ?? '', tenant };
  const questions: Question[] = [
    question(recentDecisions, list),
    [
      'recentDecisions (failures of a user)',
      (each, options) =>
        each.query(recentDecisions, { ...list, ...range, userId: 'user-150', outcome: 'failed' }, options),
    ],
    question(decisionById, one),
    question(attemptsOfDecision, one),
    question(feedbackOfDecision, one),
    question(attemptsByTarget, range),
    question(feedbackByModel, range),
    question(dataFreshness, { tenant }),
  ];
  return timeEach(store, questions, call);
};

/** Times the same question about spans as received, once: it may take long. */
export const timeRawQuery = (store: Store, window: Window, to: Date, call: CallOptions): Promise<Timing> =>
  timed('raw', () => store.query(rawUsageByModel, rangeOf(window, to), { timeoutMs: 600_000, ...call }), 1);

import { valueBucketSql } from './value-bucket.js';

/** What a row of a rollup is about, next to its tenant and bucket. Columns of decisions by the same name. */
export const DIMENSIONS = [
  'served_model',
  'served_provider',
  'selected_model',
  'selected_provider',
  'route',
  'task_type',
  'task_complexity',
  'strategy',
] as const;

/** SQL that aggregates distinct decisions, by column of the rollup. All of it is additive and of integers. */
export const MEASURES = {
  requests: 'count()',
  succeeded: "countIf(outcome = 'succeeded')",
  failed: "countIf(outcome = 'failed')",
  cancelled: "countIf(outcome = 'cancelled')",
  overrides: 'countIf(override)',
  explored: 'countIf(explored)',
  coalesced: 'countIf(coalesced)',
  fallbacks: 'countIf(d.served_target != d.selected_target)',
  attempts: 'ifNull(sum(d.attempts), 0)',
  attempts_unknown: 'countIf(d.attempts IS NULL)',
  retried: 'countIf(d.attempts > 1)',
  cache_hit_exact: "countIf(cache = 'hit-exact')",
  cache_hit_semantic: "countIf(cache = 'hit-semantic')",
  cache_miss: "countIf(cache = 'miss')",
  cache_bypass: "countIf(cache = 'bypass')",
  error_types: "sumMapIf(map(ifNull(error_type, ''), toUInt64(1)), error_type IS NOT NULL)",
  ...tokens('input'),
  ...tokens('output'),
  ...tokens('cache_read'),
  ...tokens('cache_write'),
  ...tokens('reasoning'),
  cost_nano_usd: 'ifNull(sum(d.cost_nano_usd), 0)',
  cost_unknown: 'countIf(d.cost_nano_usd IS NULL)',
  latency_sum_ns: 'sum(duration_ns)',
  latency_ms: histogram('duration_ns / 1e6'),
  time_to_first_chunk_sum_us: measuredSum('d.time_to_first_chunk_ms', 1000),
  time_to_first_chunk_ms: measuredHistogram('d.time_to_first_chunk_ms'),
  decide_sum_ns: measuredSum('decide_duration_us', 1000),
  decide_us: measuredHistogram('decide_duration_us'),
  // Outside of 0 to 1 it is not a confidence.
  confidence_sum_micro: 'sumIf(toUInt64(round(ifNull(confidence, 0) * 1e6)), confidence BETWEEN 0 AND 1)',
  confidence_0_50: 'countIf(confidence >= 0 AND confidence < 0.5)',
  confidence_50_70: 'countIf(confidence >= 0.5 AND confidence < 0.7)',
  confidence_70_90: 'countIf(confidence >= 0.7 AND confidence < 0.9)',
  confidence_90_100: 'countIf(confidence >= 0.9 AND confidence <= 1)',
} satisfies Readonly<Record<string, string>>;

const MAPS: ReadonlySet<string> = new Set([
  'error_types',
  'latency_ms',
  'time_to_first_chunk_ms',
  'decide_us',
]);

/** What a row of a rollup of users is about, next to its tenant and bucket: SQL of a decision, by column. */
export const USER_DIMENSIONS: Readonly<Record<string, string>> = {
  user_id: "ifNull(d.user_id, '')",
  model: "coalesce(d.served_model, d.selected_model, '')",
};

const { requests, succeeded, overrides, cost_nano_usd, cost_unknown, latency_ms } = MEASURES;

/** As `MEASURES`, of the requests of one user. */
export const USER_MEASURES: Readonly<Record<string, string>> = {
  requests,
  served: 'countIf(d.served_model IS NOT NULL)',
  succeeded,
  overrides,
  ...tokens('input'),
  ...tokens('output'),
  cost_nano_usd,
  cost_unknown,
  latency_ms,
  last_timestamp: 'max(timestamp)',
};

/** SQL that adds up a column of the rows of a finer rollup. */
export function addUp(measure: string): string {
  if (measure === 'last_timestamp') return `max(d.${measure})`;
  return `${MAPS.has(measure) ? 'sumMap' : 'sum'}(d.${measure})`;
}

function tokens(kind: string): Record<string, string> {
  const column = `d.tokens_${kind}`;
  return {
    [`tokens_${kind}`]: `ifNull(sum(${column}), 0)`,
    [`tokens_${kind}_unknown`]: `countIf(${column} IS NULL)`,
  };
}

function histogram(value: string): string {
  return `sumMap(map(${valueBucketSql(value)}, toUInt64(1)))`;
}

// Spans can say anything: what is negative or beyond 1e9 is no measurement, and is left out.
function isMeasured(value: string): string {
  return `${value} BETWEEN 0 AND 1e9`;
}

function measuredHistogram(value: string): string {
  return `sumMapIf(map(${valueBucketSql(`ifNull(${value}, 0)`)}, toUInt64(1)), ${isMeasured(value)})`;
}

function measuredSum(value: string, factor: number): string {
  return `sumIf(toUInt64(round(ifNull(${value}, 0) * ${factor})), ${isMeasured(value)})`;
}

import { bucketMiddleSql } from '../rollups/value-bucket.js';
import { type Decoders, float, integer, nullable } from './decoders.js';

/** What the requests of one model, route or time add up to. `null` means that nothing is known. */
export type Usage = {
  requests: number;
  succeeded: number;
  failed: number;
  cancelled: number;
  /** Requests whose caller named the target. */
  overrides: number;
  explored: number;
  /** Requests answered by another target than the chosen one. */
  fallbacks: number;
  /** Upstream calls, of the requests that say how many. */
  attempts: number | null;
  /** Requests with more than one upstream call. */
  retried: number;
  cacheHits: number;
  /** Requests that looked into the cache in vain; others went past it. */
  cacheMisses: number;
  coalesced: number;
  /** Over the requests whose tokens are known. */
  tokensInput: number | null;
  tokensOutput: number | null;
  /** Part of the input that was read from a provider's cache. */
  tokensCacheRead: number | null;
  /** Nano-USD, over the requests whose cost is known. */
  costNanoUsd: number | null;
  costUnknown: number;
  latencyMeanMs: number | null;
  /** At most 1 % from the exact quantile, as all quantiles here. */
  latencyP50Ms: number | null;
  latencyP95Ms: number | null;
  latencyP99Ms: number | null;
  timeToFirstChunkP95Ms: number | null;
  decideMeanUs: number | null;
  decideP95Us: number | null;
  confidenceMean: number | null;
  /** Requests by confidence. */
  confidence0To50: number;
  confidence50To70: number;
  confidence70To90: number;
  confidence90To100: number;
};

const LATENCY_LEVELS = [0.5, 0.95, 0.99] as const;

/** SQL of the columns of `Usage`, over rows of a rollup view. */
export const USAGE_COLUMNS = `
      sum(r.requests) AS requests,
      sum(r.succeeded) AS succeeded,
      sum(r.failed) AS failed,
      sum(r.cancelled) AS cancelled,
      sum(r.overrides) AS overrides,
      sum(r.explored) AS explored,
      sum(r.fallbacks) AS fallbacks,
      sum(r.attempts) AS attempts,
      sum(r.retried) AS retried,
      sum(r.cache_hit_exact + r.cache_hit_semantic) AS cacheHits,
      sum(r.cache_miss) AS cacheMisses,
      sum(r.coalesced) AS coalesced,
      sum(r.tokens_input) AS tokensInput,
      sum(r.tokens_output) AS tokensOutput,
      sum(r.tokens_cache_read) AS tokensCacheRead,
      sum(r.cost_nano_usd) AS costNanoUsd,
      sum(r.cost_unknown) AS costUnknown,
      sum(r.latency_sum_ns) / sum(r.requests) / 1e6 AS latencyMeanMs,
      ${latencyQuantile(0.5)} AS latencyP50Ms,
      ${latencyQuantile(0.95)} AS latencyP95Ms,
      ${latencyQuantile(0.99)} AS latencyP99Ms,
      ${quantile(0.95, 'time_to_first_chunk')} AS timeToFirstChunkP95Ms,
      sum(r.decide_sum_ns) / sum(arraySum(r.decide_counts)) / 1e3 AS decideMeanUs,
      ${quantile(0.95, 'decide')} AS decideP95Us,
      sum(r.confidence_0_50) AS confidence0To50,
      sum(r.confidence_50_70) AS confidence50To70,
      sum(r.confidence_70_90) AS confidence70To90,
      sum(r.confidence_90_100) AS confidence90To100,
      sum(r.confidence_sum) / (confidence0To50 + confidence50To70 + confidence70To90 + confidence90To100) AS confidenceMean`;

// One aggregate for all levels, which ClickHouse computes once. Every request has a latency.
function latencyQuantile(level: (typeof LATENCY_LEVELS)[number]): string {
  const histogram = 'mapKeys(r.latency_histogram), mapValues(r.latency_histogram)';
  const all = `quantilesExactWeightedArray(${LATENCY_LEVELS.join(', ')})(${histogram})`;
  const found = `${all}[${LATENCY_LEVELS.indexOf(level) + 1}]`;
  return `if(sum(r.requests) = 0, NULL, ${bucketMiddleSql(found)})`;
}

// Over the buckets, and only the result as a value: several times as fast as over values.
function quantile(level: number, name: string): string {
  return histogramQuantile(level, `r.${name}_histogram`);
}

/** SQL of a quantile over the histograms of some rows of a rollup, or NULL when they are empty. */
export function histogramQuantile(level: number, histogram: string): string {
  return bucketMiddleSql(
    `quantileExactWeightedOrNullArray(${level})(mapKeys(${histogram}), mapValues(${histogram}))`,
  );
}

/** How `USAGE_COLUMNS` are decoded. */
export const USAGE_DECODERS: Decoders<Usage> = {
  requests: integer,
  succeeded: integer,
  failed: integer,
  cancelled: integer,
  overrides: integer,
  explored: integer,
  fallbacks: integer,
  attempts: nullable(integer),
  retried: integer,
  cacheHits: integer,
  cacheMisses: integer,
  coalesced: integer,
  tokensInput: nullable(integer),
  tokensOutput: nullable(integer),
  tokensCacheRead: nullable(integer),
  costNanoUsd: nullable(integer),
  costUnknown: integer,
  latencyMeanMs: nullable(float),
  latencyP50Ms: nullable(float),
  latencyP95Ms: nullable(float),
  latencyP99Ms: nullable(float),
  timeToFirstChunkP95Ms: nullable(float),
  decideMeanUs: nullable(float),
  decideP95Us: nullable(float),
  confidenceMean: nullable(float),
  confidence0To50: integer,
  confidence50To70: integer,
  confidence70To90: integer,
  confidence90To100: integer,
};

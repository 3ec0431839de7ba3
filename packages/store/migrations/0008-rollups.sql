-- Rollups: what was routed, by minute, hour, day and week, for each combination of the dimensions. A bucket is never
-- added to: `refreshRollups` (src/rollups) computes it anew from the distinct decisions, or from the finer rollup, and the
-- newer row replaces the older one. So a replayed, re-batched or late decision counts once.
--
-- When a row was inserted, by the clock of ClickHouse: what tells which buckets have to be computed again. Not
-- `received_at`, which whoever inserts into otel_traces may set.
ALTER TABLE decisions_raw
    ADD COLUMN IF NOT EXISTS inserted_at DateTime64(3, 'UTC') DEFAULT now64(3) CODEC(Delta(8), ZSTD(1)),
    ADD INDEX IF NOT EXISTS idx_inserted_at inserted_at TYPE minmax GRANULARITY 1

-- next statement
-- Rows from before have been inserted now; without this they would be so anew whenever they are read.
ALTER TABLE decisions_raw MATERIALIZE COLUMN inserted_at

-- next statement
-- Dimensions are empty where the decision has NULL; the views say NULL. Sums are of integers and histograms of counts, so
-- they come out the same in whatever order they are added up. A histogram maps a bucket of values, each at most 1 % from
-- its middle (src/rollups/value-bucket.ts), to how many there are.
-- Minutes are compressed well when they are two days old and no longer change much.
CREATE TABLE IF NOT EXISTS rollup_1m_raw
(
    tenant LowCardinality(String),
    bucket DateTime('UTC') COMMENT 'Start of the bucket; weeks start on Monday.' CODEC(DoubleDelta, Default),
    served_model LowCardinality(String),
    served_provider LowCardinality(String),
    selected_model LowCardinality(String),
    selected_provider LowCardinality(String),
    route LowCardinality(String),
    task_type LowCardinality(String),
    task_complexity LowCardinality(String),
    strategy LowCardinality(String),

    refreshed_at DateTime64(6, 'UTC') COMMENT 'Version: when the computation of this row began.' CODEC(Delta(8), Default),
    deleted UInt8 COMMENT '1 when the bucket no longer has this combination.',

    requests UInt64,
    succeeded UInt64,
    failed UInt64,
    cancelled UInt64,
    overrides UInt64 COMMENT 'Requests whose caller named the target.',
    explored UInt64 COMMENT 'Requests served at random to learn.',
    coalesced UInt64,
    fallbacks UInt64 COMMENT 'Requests answered by another target than the chosen one.',
    attempts UInt64 COMMENT 'Upstream calls.',
    attempts_unknown UInt64 COMMENT 'Requests whose number is not known.',
    retried UInt64 COMMENT 'Requests with more than one upstream call.',
    cache_hit_exact UInt64,
    cache_hit_semantic UInt64,
    cache_miss UInt64,
    cache_bypass UInt64,
    error_types Map(String, UInt64) COMMENT 'Requests by error.type.',
    tokens_input UInt64,
    tokens_input_unknown UInt64 COMMENT 'Requests whose number is not known.',
    tokens_output UInt64,
    tokens_output_unknown UInt64 COMMENT 'Requests whose number is not known.',
    tokens_cache_read UInt64,
    tokens_cache_read_unknown UInt64 COMMENT 'Requests whose number is not known.',
    tokens_cache_write UInt64,
    tokens_cache_write_unknown UInt64 COMMENT 'Requests whose number is not known.',
    tokens_reasoning UInt64,
    tokens_reasoning_unknown UInt64 COMMENT 'Requests whose number is not known.',
    cost_nano_usd Int64 COMMENT '1e-9 USD.',
    cost_unknown UInt64 COMMENT 'Requests whose cost is not known.',
    latency_sum_ns UInt64,
    latency_ms Map(Int16, UInt64) COMMENT 'Histogram.',
    time_to_first_chunk_sum_us UInt64,
    time_to_first_chunk_ms Map(Int16, UInt64) COMMENT 'Histogram of the streams that said it.',
    decide_sum_ns UInt64,
    decide_us Map(Int16, UInt64) COMMENT 'Histogram of the time that deciding took.',
    confidence_sum_micro UInt64 COMMENT 'Sum in millionths, each confidence rounded.',
    confidence_0_50 UInt64 COMMENT 'Requests with a confidence from 0 to below 0.5.',
    confidence_50_70 UInt64,
    confidence_70_90 UInt64,
    confidence_90_100 UInt64 COMMENT 'From 0.9 to 1.'
)
ENGINE = ReplacingMergeTree(refreshed_at, deleted)
PARTITION BY toDate(bucket, 'UTC')
ORDER BY (tenant, bucket, served_model, served_provider, selected_model, selected_provider, route, task_type, task_complexity, strategy)
TTL
    toStartOfDay(bucket) + toIntervalDay(90),
    toStartOfDay(bucket) + toIntervalHour(60) RECOMPRESS CODEC(ZSTD(12))
SETTINGS index_granularity = 8192, default_compression_codec = 'ZSTD(1)', ttl_only_drop_parts = 1

-- next statement
CREATE TABLE IF NOT EXISTS rollup_1h_raw AS rollup_1m_raw
ENGINE = ReplacingMergeTree(refreshed_at, deleted)
PARTITION BY toYYYYMM(bucket)
ORDER BY (tenant, bucket, served_model, served_provider, selected_model, selected_provider, route, task_type, task_complexity, strategy)
TTL toStartOfDay(bucket) + toIntervalDay(400)
SETTINGS index_granularity = 8192, default_compression_codec = 'ZSTD(1)', ttl_only_drop_parts = 1

-- next statement
CREATE TABLE IF NOT EXISTS rollup_1d_raw AS rollup_1m_raw
ENGINE = ReplacingMergeTree(refreshed_at, deleted)
PARTITION BY toYear(bucket)
ORDER BY (tenant, bucket, served_model, served_provider, selected_model, selected_provider, route, task_type, task_complexity, strategy)
TTL toStartOfDay(bucket) + toIntervalDay(400)
SETTINGS index_granularity = 8192, default_compression_codec = 'ZSTD(1)', ttl_only_drop_parts = 1

-- next statement
CREATE TABLE IF NOT EXISTS rollup_1w_raw AS rollup_1m_raw
ENGINE = ReplacingMergeTree(refreshed_at, deleted)
PARTITION BY toYear(bucket)
ORDER BY (tenant, bucket, served_model, served_provider, selected_model, selected_provider, route, task_type, task_complexity, strategy)
TTL toStartOfDay(bucket) + toIntervalDay(400)
SETTINGS index_granularity = 8192, default_compression_codec = 'ZSTD(1)', ttl_only_drop_parts = 1

-- next statement
-- Up to when insertions are known to be in the rollups. One row; the last one written counts.
CREATE TABLE IF NOT EXISTS rollup_watermark
(
    name LowCardinality(String),
    looked_until DateTime64(6, 'UTC')
)
ENGINE = ReplacingMergeTree
ORDER BY name

-- next statement
-- What people read: one row for each bucket and combination of dimensions. NULL means unknown. Sums add up over rows; a
-- histogram is two arrays, values and their counts, for quantileExactWeightedArray(0.95)(latency_ms, latency_counts), and,
-- for who reads a lot, the histogram as it is stored.
CREATE VIEW IF NOT EXISTS rollup_1m AS
WITH (indexes -> arrayMap(i -> if(i = -32768, 0., 2 * pow(1.01 / 0.99, i) / (1.01 / 0.99 + 1)), indexes)) AS middles
SELECT
    tenant,
    bucket,
    ifNull(nullIf(r.served_model, ''), nullIf(r.selected_model, '')) AS model,
    ifNull(nullIf(r.served_provider, ''), nullIf(r.selected_provider, '')) AS provider,
    nullIf(r.served_model, '') AS served_model,
    nullIf(r.served_provider, '') AS served_provider,
    nullIf(r.selected_model, '') AS selected_model,
    nullIf(r.selected_provider, '') AS selected_provider,
    nullIf(r.route, '') AS route,
    nullIf(r.task_type, '') AS task_type,
    nullIf(r.task_complexity, '') AS task_complexity,
    nullIf(r.strategy, '') AS strategy,
    requests,
    succeeded,
    failed,
    cancelled,
    overrides,
    explored,
    coalesced,
    fallbacks,
    if(r.attempts_unknown = requests, NULL, r.attempts) AS attempts,
    attempts_unknown,
    retried,
    cache_hit_exact,
    cache_hit_semantic,
    cache_miss,
    cache_bypass,
    error_types,
    if(r.tokens_input_unknown = requests, NULL, r.tokens_input) AS tokens_input,
    tokens_input_unknown,
    if(r.tokens_output_unknown = requests, NULL, r.tokens_output) AS tokens_output,
    tokens_output_unknown,
    if(r.tokens_cache_read_unknown = requests, NULL, r.tokens_cache_read) AS tokens_cache_read,
    tokens_cache_read_unknown,
    if(r.tokens_cache_write_unknown = requests, NULL, r.tokens_cache_write) AS tokens_cache_write,
    tokens_cache_write_unknown,
    if(r.tokens_reasoning_unknown = requests, NULL, r.tokens_reasoning) AS tokens_reasoning,
    tokens_reasoning_unknown,
    if(r.cost_unknown = requests, NULL, r.cost_nano_usd) AS cost_nano_usd,
    cost_unknown,
    latency_sum_ns,
    middles(mapKeys(r.latency_ms)) AS latency_ms,
    mapValues(r.latency_ms) AS latency_counts,
    r.latency_ms AS latency_histogram,
    time_to_first_chunk_sum_us,
    middles(mapKeys(r.time_to_first_chunk_ms)) AS time_to_first_chunk_ms,
    mapValues(r.time_to_first_chunk_ms) AS time_to_first_chunk_counts,
    r.time_to_first_chunk_ms AS time_to_first_chunk_histogram,
    decide_sum_ns,
    middles(mapKeys(r.decide_us)) AS decide_us,
    mapValues(r.decide_us) AS decide_counts,
    r.decide_us AS decide_histogram,
    confidence_sum_micro / 1e6 AS confidence_sum,
    confidence_0_50,
    confidence_50_70,
    confidence_70_90,
    confidence_90_100
FROM rollup_1m_raw AS r FINAL
SETTINGS do_not_merge_across_partitions_select_final = 1

-- next statement
CREATE VIEW IF NOT EXISTS rollup_1h AS
WITH (indexes -> arrayMap(i -> if(i = -32768, 0., 2 * pow(1.01 / 0.99, i) / (1.01 / 0.99 + 1)), indexes)) AS middles
SELECT
    tenant,
    bucket,
    ifNull(nullIf(r.served_model, ''), nullIf(r.selected_model, '')) AS model,
    ifNull(nullIf(r.served_provider, ''), nullIf(r.selected_provider, '')) AS provider,
    nullIf(r.served_model, '') AS served_model,
    nullIf(r.served_provider, '') AS served_provider,
    nullIf(r.selected_model, '') AS selected_model,
    nullIf(r.selected_provider, '') AS selected_provider,
    nullIf(r.route, '') AS route,
    nullIf(r.task_type, '') AS task_type,
    nullIf(r.task_complexity, '') AS task_complexity,
    nullIf(r.strategy, '') AS strategy,
    requests,
    succeeded,
    failed,
    cancelled,
    overrides,
    explored,
    coalesced,
    fallbacks,
    if(r.attempts_unknown = requests, NULL, r.attempts) AS attempts,
    attempts_unknown,
    retried,
    cache_hit_exact,
    cache_hit_semantic,
    cache_miss,
    cache_bypass,
    error_types,
    if(r.tokens_input_unknown = requests, NULL, r.tokens_input) AS tokens_input,
    tokens_input_unknown,
    if(r.tokens_output_unknown = requests, NULL, r.tokens_output) AS tokens_output,
    tokens_output_unknown,
    if(r.tokens_cache_read_unknown = requests, NULL, r.tokens_cache_read) AS tokens_cache_read,
    tokens_cache_read_unknown,
    if(r.tokens_cache_write_unknown = requests, NULL, r.tokens_cache_write) AS tokens_cache_write,
    tokens_cache_write_unknown,
    if(r.tokens_reasoning_unknown = requests, NULL, r.tokens_reasoning) AS tokens_reasoning,
    tokens_reasoning_unknown,
    if(r.cost_unknown = requests, NULL, r.cost_nano_usd) AS cost_nano_usd,
    cost_unknown,
    latency_sum_ns,
    middles(mapKeys(r.latency_ms)) AS latency_ms,
    mapValues(r.latency_ms) AS latency_counts,
    r.latency_ms AS latency_histogram,
    time_to_first_chunk_sum_us,
    middles(mapKeys(r.time_to_first_chunk_ms)) AS time_to_first_chunk_ms,
    mapValues(r.time_to_first_chunk_ms) AS time_to_first_chunk_counts,
    r.time_to_first_chunk_ms AS time_to_first_chunk_histogram,
    decide_sum_ns,
    middles(mapKeys(r.decide_us)) AS decide_us,
    mapValues(r.decide_us) AS decide_counts,
    r.decide_us AS decide_histogram,
    confidence_sum_micro / 1e6 AS confidence_sum,
    confidence_0_50,
    confidence_50_70,
    confidence_70_90,
    confidence_90_100
FROM rollup_1h_raw AS r FINAL
SETTINGS do_not_merge_across_partitions_select_final = 1

-- next statement
CREATE VIEW IF NOT EXISTS rollup_1d AS
WITH (indexes -> arrayMap(i -> if(i = -32768, 0., 2 * pow(1.01 / 0.99, i) / (1.01 / 0.99 + 1)), indexes)) AS middles
SELECT
    tenant,
    bucket,
    ifNull(nullIf(r.served_model, ''), nullIf(r.selected_model, '')) AS model,
    ifNull(nullIf(r.served_provider, ''), nullIf(r.selected_provider, '')) AS provider,
    nullIf(r.served_model, '') AS served_model,
    nullIf(r.served_provider, '') AS served_provider,
    nullIf(r.selected_model, '') AS selected_model,
    nullIf(r.selected_provider, '') AS selected_provider,
    nullIf(r.route, '') AS route,
    nullIf(r.task_type, '') AS task_type,
    nullIf(r.task_complexity, '') AS task_complexity,
    nullIf(r.strategy, '') AS strategy,
    requests,
    succeeded,
    failed,
    cancelled,
    overrides,
    explored,
    coalesced,
    fallbacks,
    if(r.attempts_unknown = requests, NULL, r.attempts) AS attempts,
    attempts_unknown,
    retried,
    cache_hit_exact,
    cache_hit_semantic,
    cache_miss,
    cache_bypass,
    error_types,
    if(r.tokens_input_unknown = requests, NULL, r.tokens_input) AS tokens_input,
    tokens_input_unknown,
    if(r.tokens_output_unknown = requests, NULL, r.tokens_output) AS tokens_output,
    tokens_output_unknown,
    if(r.tokens_cache_read_unknown = requests, NULL, r.tokens_cache_read) AS tokens_cache_read,
    tokens_cache_read_unknown,
    if(r.tokens_cache_write_unknown = requests, NULL, r.tokens_cache_write) AS tokens_cache_write,
    tokens_cache_write_unknown,
    if(r.tokens_reasoning_unknown = requests, NULL, r.tokens_reasoning) AS tokens_reasoning,
    tokens_reasoning_unknown,
    if(r.cost_unknown = requests, NULL, r.cost_nano_usd) AS cost_nano_usd,
    cost_unknown,
    latency_sum_ns,
    middles(mapKeys(r.latency_ms)) AS latency_ms,
    mapValues(r.latency_ms) AS latency_counts,
    r.latency_ms AS latency_histogram,
    time_to_first_chunk_sum_us,
    middles(mapKeys(r.time_to_first_chunk_ms)) AS time_to_first_chunk_ms,
    mapValues(r.time_to_first_chunk_ms) AS time_to_first_chunk_counts,
    r.time_to_first_chunk_ms AS time_to_first_chunk_histogram,
    decide_sum_ns,
    middles(mapKeys(r.decide_us)) AS decide_us,
    mapValues(r.decide_us) AS decide_counts,
    r.decide_us AS decide_histogram,
    confidence_sum_micro / 1e6 AS confidence_sum,
    confidence_0_50,
    confidence_50_70,
    confidence_70_90,
    confidence_90_100
FROM rollup_1d_raw AS r FINAL
SETTINGS do_not_merge_across_partitions_select_final = 1

-- next statement
CREATE VIEW IF NOT EXISTS rollup_1w AS
WITH (indexes -> arrayMap(i -> if(i = -32768, 0., 2 * pow(1.01 / 0.99, i) / (1.01 / 0.99 + 1)), indexes)) AS middles
SELECT
    tenant,
    bucket,
    ifNull(nullIf(r.served_model, ''), nullIf(r.selected_model, '')) AS model,
    ifNull(nullIf(r.served_provider, ''), nullIf(r.selected_provider, '')) AS provider,
    nullIf(r.served_model, '') AS served_model,
    nullIf(r.served_provider, '') AS served_provider,
    nullIf(r.selected_model, '') AS selected_model,
    nullIf(r.selected_provider, '') AS selected_provider,
    nullIf(r.route, '') AS route,
    nullIf(r.task_type, '') AS task_type,
    nullIf(r.task_complexity, '') AS task_complexity,
    nullIf(r.strategy, '') AS strategy,
    requests,
    succeeded,
    failed,
    cancelled,
    overrides,
    explored,
    coalesced,
    fallbacks,
    if(r.attempts_unknown = requests, NULL, r.attempts) AS attempts,
    attempts_unknown,
    retried,
    cache_hit_exact,
    cache_hit_semantic,
    cache_miss,
    cache_bypass,
    error_types,
    if(r.tokens_input_unknown = requests, NULL, r.tokens_input) AS tokens_input,
    tokens_input_unknown,
    if(r.tokens_output_unknown = requests, NULL, r.tokens_output) AS tokens_output,
    tokens_output_unknown,
    if(r.tokens_cache_read_unknown = requests, NULL, r.tokens_cache_read) AS tokens_cache_read,
    tokens_cache_read_unknown,
    if(r.tokens_cache_write_unknown = requests, NULL, r.tokens_cache_write) AS tokens_cache_write,
    tokens_cache_write_unknown,
    if(r.tokens_reasoning_unknown = requests, NULL, r.tokens_reasoning) AS tokens_reasoning,
    tokens_reasoning_unknown,
    if(r.cost_unknown = requests, NULL, r.cost_nano_usd) AS cost_nano_usd,
    cost_unknown,
    latency_sum_ns,
    middles(mapKeys(r.latency_ms)) AS latency_ms,
    mapValues(r.latency_ms) AS latency_counts,
    r.latency_ms AS latency_histogram,
    time_to_first_chunk_sum_us,
    middles(mapKeys(r.time_to_first_chunk_ms)) AS time_to_first_chunk_ms,
    mapValues(r.time_to_first_chunk_ms) AS time_to_first_chunk_counts,
    r.time_to_first_chunk_ms AS time_to_first_chunk_histogram,
    decide_sum_ns,
    middles(mapKeys(r.decide_us)) AS decide_us,
    mapValues(r.decide_us) AS decide_counts,
    r.decide_us AS decide_histogram,
    confidence_sum_micro / 1e6 AS confidence_sum,
    confidence_0_50,
    confidence_50_70,
    confidence_70_90,
    confidence_90_100
FROM rollup_1w_raw AS r FINAL
SETTINGS do_not_merge_across_partitions_select_final = 1

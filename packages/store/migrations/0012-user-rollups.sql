-- What each user of a tenant used, by hour and day and by model: the rollups of 0008, which do not tell users apart, would
-- have as many rows as there are decisions if they did. Computed anew and replaced in the same way.
CREATE TABLE IF NOT EXISTS rollup_user_1h_raw
(
    tenant LowCardinality(String) CODEC(ZSTD(1)),
    bucket DateTime('UTC') COMMENT 'Start of the bucket.' CODEC(DoubleDelta, ZSTD(1)),
    user_id String COMMENT 'Empty collects the requests that named none.' CODEC(ZSTD(1)),
    model LowCardinality(String) COMMENT 'The model that answered, else the chosen one; empty when there was none.' CODEC(ZSTD(1)),

    refreshed_at DateTime64(6, 'UTC') COMMENT 'Version: when the computation of this row began.' CODEC(Delta(8), ZSTD(1)),
    deleted UInt8 COMMENT '1 when the bucket no longer has this combination.' CODEC(ZSTD(1)),

    requests UInt64 CODEC(ZSTD(1)),
    served UInt64 COMMENT 'Requests that the model answered.' CODEC(ZSTD(1)),
    succeeded UInt64 CODEC(ZSTD(1)),
    overrides UInt64 COMMENT 'Requests whose caller named the target.' CODEC(ZSTD(1)),
    tokens_input UInt64 CODEC(ZSTD(1)),
    tokens_input_unknown UInt64 COMMENT 'Requests whose number is not known.' CODEC(ZSTD(1)),
    tokens_output UInt64 CODEC(ZSTD(1)),
    tokens_output_unknown UInt64 COMMENT 'Requests whose number is not known.' CODEC(ZSTD(1)),
    cost_nano_usd Int64 COMMENT '1e-9 USD.' CODEC(ZSTD(1)),
    cost_unknown UInt64 COMMENT 'Requests whose cost is not known.' CODEC(ZSTD(1)),
    latency_ms Map(Int16, UInt64) COMMENT 'Histogram, as in the other rollups.' CODEC(ZSTD(1)),
    last_timestamp DateTime64(9, 'UTC') COMMENT 'Start of the newest request.' CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree(refreshed_at, deleted)
PARTITION BY toDate(bucket, 'UTC')
ORDER BY (tenant, bucket, user_id, model)
TTL toStartOfDay(bucket) + toIntervalDay(90)
SETTINGS index_granularity = 8192, ttl_only_drop_parts = 1

-- next statement
CREATE TABLE IF NOT EXISTS rollup_user_1d_raw AS rollup_user_1h_raw
ENGINE = ReplacingMergeTree(refreshed_at, deleted)
PARTITION BY toYYYYMM(bucket)
ORDER BY (tenant, bucket, user_id, model)
TTL toStartOfDay(bucket) + toIntervalDay(400)
SETTINGS index_granularity = 8192, ttl_only_drop_parts = 1

-- next statement
-- What people read: one row for each bucket, user and model. NULL means unknown.
CREATE VIEW IF NOT EXISTS rollup_user_1h AS
WITH (indexes -> arrayMap(i -> if(i = -32768, 0., 2 * pow(1.01 / 0.99, i) / (1.01 / 0.99 + 1)), indexes)) AS middles
SELECT
    tenant,
    bucket,
    nullIf(r.user_id, '') AS user_id,
    nullIf(r.model, '') AS model,
    requests,
    served,
    succeeded,
    overrides,
    if(r.tokens_input_unknown = requests, NULL, r.tokens_input) AS tokens_input,
    tokens_input_unknown,
    if(r.tokens_output_unknown = requests, NULL, r.tokens_output) AS tokens_output,
    tokens_output_unknown,
    if(r.cost_unknown = requests, NULL, r.cost_nano_usd) AS cost_nano_usd,
    cost_unknown,
    middles(mapKeys(r.latency_ms)) AS latency_ms,
    mapValues(r.latency_ms) AS latency_counts,
    r.latency_ms AS latency_histogram,
    last_timestamp
FROM rollup_user_1h_raw AS r FINAL
SETTINGS do_not_merge_across_partitions_select_final = 1

-- next statement
CREATE VIEW IF NOT EXISTS rollup_user_1d AS
WITH (indexes -> arrayMap(i -> if(i = -32768, 0., 2 * pow(1.01 / 0.99, i) / (1.01 / 0.99 + 1)), indexes)) AS middles
SELECT
    tenant,
    bucket,
    nullIf(r.user_id, '') AS user_id,
    nullIf(r.model, '') AS model,
    requests,
    served,
    succeeded,
    overrides,
    if(r.tokens_input_unknown = requests, NULL, r.tokens_input) AS tokens_input,
    tokens_input_unknown,
    if(r.tokens_output_unknown = requests, NULL, r.tokens_output) AS tokens_output,
    tokens_output_unknown,
    if(r.cost_unknown = requests, NULL, r.cost_nano_usd) AS cost_nano_usd,
    cost_unknown,
    middles(mapKeys(r.latency_ms)) AS latency_ms,
    mapValues(r.latency_ms) AS latency_counts,
    r.latency_ms AS latency_histogram,
    last_timestamp
FROM rollup_user_1d_raw AS r FINAL
SETTINGS do_not_merge_across_partitions_select_final = 1

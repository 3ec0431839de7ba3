-- What each user of a tenant used, by hour and day and by model: the rollups of 0008, which do not tell users apart, would
-- have as many rows as there are decisions if they did. Computed anew and replaced in the same way.
CREATE TABLE IF NOT EXISTS rollup_user_1h_raw
(
    tenant LowCardinality(String),
    bucket DateTime('UTC') COMMENT 'Start of the bucket.' CODEC(DoubleDelta, Default),
    user_id String COMMENT 'Empty collects the requests that named none.',
    model LowCardinality(String) COMMENT 'The model that answered, else the chosen one; empty when there was none.',

    refreshed_at DateTime64(6, 'UTC') COMMENT 'Version: when the computation of this row began.' CODEC(Delta(8), Default),
    deleted UInt8 COMMENT '1 when the bucket no longer has this combination.',

    requests UInt64,
    served UInt64 COMMENT 'Requests that the model answered.',
    succeeded UInt64,
    overrides UInt64 COMMENT 'Requests whose caller named the target.',
    tokens_input UInt64,
    tokens_input_unknown UInt64 COMMENT 'Requests whose number is not known.',
    tokens_output UInt64,
    tokens_output_unknown UInt64 COMMENT 'Requests whose number is not known.',
    cost_nano_usd Int64 COMMENT '1e-9 USD.',
    cost_unknown UInt64 COMMENT 'Requests whose cost is not known.',
    latency_ms Map(Int16, UInt64) COMMENT 'Histogram, as in the other rollups.',
    last_timestamp DateTime64(9, 'UTC') COMMENT 'Start of the newest request.'
)
ENGINE = ReplacingMergeTree(refreshed_at, deleted)
PARTITION BY toDate(bucket, 'UTC')
ORDER BY (tenant, bucket, user_id, model)
TTL
    toStartOfDay(bucket) + toIntervalDay(90),
    toStartOfDay(bucket) + toIntervalHour(60) RECOMPRESS CODEC(ZSTD(12))
SETTINGS index_granularity = 8192, default_compression_codec = 'ZSTD(1)', ttl_only_drop_parts = 1

-- next statement
CREATE TABLE IF NOT EXISTS rollup_user_1d_raw AS rollup_user_1h_raw
ENGINE = ReplacingMergeTree(refreshed_at, deleted)
PARTITION BY toYYYYMM(bucket)
ORDER BY (tenant, bucket, user_id, model)
TTL toStartOfDay(bucket) + toIntervalDay(400)
SETTINGS index_granularity = 8192, default_compression_codec = 'ZSTD(1)', ttl_only_drop_parts = 1

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

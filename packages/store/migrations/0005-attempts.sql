-- Upstream calls: one row for each attempt span of Signalbox. NULL, repetition and retention as in decisions_raw.
CREATE TABLE IF NOT EXISTS attempts_raw
(
    timestamp DateTime64(9, 'UTC') CODEC(Delta(8), Default),
    duration_ns UInt64,
    trace_id String,
    span_id String,
    service_name LowCardinality(String),
    service_instance_id LowCardinality(String),
    status_code LowCardinality(String),
    status_message String,

    decision_id String,
    tenant LowCardinality(String) COMMENT 'Empty when the span named none.',
    attempt_number UInt32 COMMENT 'From 1; 0 when the number is malformed.',
    outcome LowCardinality(Nullable(String)) COMMENT 'succeeded, failed or cancelled.',
    cause LowCardinality(Nullable(String)) COMMENT 'first, retry, fallback, hedge or shadow.',
    target LowCardinality(Nullable(String)),
    operation_name LowCardinality(Nullable(String)),
    provider_name LowCardinality(Nullable(String)),
    server_address LowCardinality(Nullable(String)),
    request_model LowCardinality(Nullable(String)),
    request_stream Nullable(Bool),
    response_model LowCardinality(Nullable(String)),
    response_id Nullable(String),
    finish_reasons Array(LowCardinality(String)),
    tokens_input Nullable(UInt64),
    tokens_output Nullable(UInt64),
    tokens_cache_read Nullable(UInt64),
    tokens_cache_write Nullable(UInt64),
    tokens_reasoning Nullable(UInt64),
    cost_nano_usd Nullable(Int64) COMMENT '1e-9 USD.',
    cost_source LowCardinality(Nullable(String)) COMMENT 'Where the price came from: override, config or package.',
    price_version LowCardinality(Nullable(String)),
    error_type LowCardinality(Nullable(String)),
    http_status Nullable(UInt16),
    time_to_first_chunk_ms Nullable(Float64),

    malformed UInt8 COMMENT 'Attributes of the span that were there and could not be read.',
    received_at DateTime64(3, 'UTC') CODEC(Delta(8), Default),
    revision UInt16 DEFAULT 0 COMMENT 'How often the row was priced again. The highest wins, so a span that comes again does not undo it.',
    INDEX idx_decision_id decision_id TYPE bloom_filter(0.001) GRANULARITY 1
)
ENGINE = ReplacingMergeTree(revision)
PARTITION BY toDate(timestamp, 'UTC')
ORDER BY (tenant, timestamp, decision_id, attempt_number, span_id)
TTL
    toDateTime(timestamp) + toIntervalDay(90),
    toDateTime(timestamp) + toIntervalHour(36) RECOMPRESS CODEC(ZSTD(12))
SETTINGS
    index_granularity = 8192, min_bytes_for_wide_part = 134217728, default_compression_codec = 'ZSTD(1)',
    ttl_only_drop_parts = 1, fsync_after_insert = 1, fsync_part_directory = 1

-- next statement
-- Must not fail whatever a span says, as decisions_mv. The conventions give seconds; everything of ours is milliseconds.
CREATE MATERIALIZED VIEW IF NOT EXISTS attempts_mv TO attempts_raw AS
WITH
    SpanAttributes AS a,
    (text -> if(toUInt64OrNull(text) <= 1000000000000, toUInt64OrNull(text), NULL)) AS count_of,
    (text -> if(toFloat64OrNull(text) BETWEEN 0 AND 1e15, toFloat64OrNull(text), NULL)) AS measure,
    (text -> if(toInt64OrNull(text) BETWEEN 0 AND 1000000000000000, toInt64OrNull(text), NULL)) AS nano_usd,
    ['succeeded', 'failed', 'cancelled'] AS outcomes,
    ['first', 'retry', 'fallback', 'hedge', 'shadow'] AS causes,
    a['gen_ai.response.finish_reasons'] AS reasons_json
SELECT
    Timestamp AS timestamp,
    Duration AS duration_ns,
    TraceId AS trace_id,
    SpanId AS span_id,
    ServiceName AS service_name,
    ResourceAttributes['service.instance.id'] AS service_instance_id,
    StatusCode AS status_code,
    StatusMessage AS status_message,

    a['signalbox.decision.id'] AS decision_id,
    a['signalbox.tenant'] AS tenant,
    toUInt32OrZero(a['signalbox.attempt.number']) AS attempt_number,
    if(has(outcomes, a['signalbox.outcome']), a['signalbox.outcome'], NULL) AS outcome,
    if(has(causes, a['signalbox.attempt.cause']), a['signalbox.attempt.cause'], NULL) AS cause,
    nullIf(a['signalbox.attempt.target'], '') AS target,
    nullIf(a['gen_ai.operation.name'], '') AS operation_name,
    nullIf(a['gen_ai.provider.name'], '') AS provider_name,
    nullIf(a['server.address'], '') AS server_address,
    nullIf(a['gen_ai.request.model'], '') AS request_model,
    -- The conventions set the attribute for streams only.
    if(a['gen_ai.request.stream'] IN ('', 'true', 'false'), a['gen_ai.request.stream'] = 'true', NULL) AS request_stream,
    nullIf(a['gen_ai.response.model'], '') AS response_model,
    nullIf(a['gen_ai.response.id'], '') AS response_id,
    JSONExtract(reasons_json, 'Array(String)') AS finish_reasons,
    count_of(a['gen_ai.usage.input_tokens']) AS tokens_input,
    count_of(a['gen_ai.usage.output_tokens']) AS tokens_output,
    count_of(a['gen_ai.usage.cache_read.input_tokens']) AS tokens_cache_read,
    count_of(a['gen_ai.usage.cache_write.input_tokens']) AS tokens_cache_write,
    count_of(a['gen_ai.usage.reasoning.output_tokens']) AS tokens_reasoning,
    nano_usd(a['signalbox.attempt.cost_nano_usd']) AS cost_nano_usd,
    nullIf(a['signalbox.cost.source'], '') AS cost_source,
    nullIf(a['signalbox.price.version'], '') AS price_version,
    nullIf(a['error.type'], '') AS error_type,
    toUInt16OrNull(a['http.response.status_code']) AS http_status,
    measure(a['gen_ai.response.time_to_first_chunk']) * 1000 AS time_to_first_chunk_ms,

    arrayCount(text -> text != '' AND count_of(text) IS NULL, [
        a['gen_ai.usage.input_tokens'], a['gen_ai.usage.output_tokens'], a['gen_ai.usage.cache_read.input_tokens'],
        a['gen_ai.usage.cache_write.input_tokens'], a['gen_ai.usage.reasoning.output_tokens']
    ])
        + (attempt_number = 0)
        + (a['signalbox.outcome'] != '' AND outcome IS NULL)
        + (a['signalbox.attempt.cause'] != '' AND cause IS NULL)
        + (a['gen_ai.request.stream'] NOT IN ('', 'true', 'false'))
        + (reasons_json != '' AND NOT (JSONType(reasons_json) = 'Array' AND JSONLength(reasons_json) = length(finish_reasons)))
        + (a['signalbox.attempt.cost_nano_usd'] != '' AND cost_nano_usd IS NULL)
        + (a['http.response.status_code'] != '' AND http_status IS NULL)
        + (a['gen_ai.response.time_to_first_chunk'] != '' AND time_to_first_chunk_ms IS NULL) AS malformed,

    received_at
FROM
(
    SELECT * FROM otel_traces_unerased
    WHERE ScopeName = 'signalbox'
        AND SpanAttributes['signalbox.attempt.number'] != '' AND SpanAttributes['signalbox.decision.id'] != ''
)

-- next statement
-- What people read: each attempt once.
CREATE VIEW IF NOT EXISTS attempts AS
SELECT * FROM attempts_raw FINAL
SETTINGS do_not_merge_across_partitions_select_final = 1

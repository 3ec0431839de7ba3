-- Routed requests: one row for each route span of Signalbox, every attribute in a typed column. NULL means that the
-- span did not say, or said something that is not of the column's type; the text columns that cannot be NULL are empty
-- then. A span that is inserted again replaces its row.
CREATE TABLE IF NOT EXISTS decisions_raw
(
    timestamp DateTime64(9, 'UTC') CODEC(Delta(8), ZSTD(1)),
    duration_ns UInt64 CODEC(ZSTD(1)),
    trace_id String CODEC(ZSTD(1)),
    span_id String CODEC(ZSTD(1)),
    service_name LowCardinality(String) CODEC(ZSTD(1)),
    service_instance_id LowCardinality(String) CODEC(ZSTD(1)),
    status_code LowCardinality(String) CODEC(ZSTD(1)),
    status_message String CODEC(ZSTD(1)),

    decision_id String CODEC(ZSTD(1)),
    decision_sequence Nullable(UInt64) CODEC(ZSTD(1)),
    tenant LowCardinality(String) COMMENT 'Empty when the request named none.' CODEC(ZSTD(1)),
    source LowCardinality(Nullable(String)) CODEC(ZSTD(1)),
    user_id Nullable(String) CODEC(ZSTD(1)),
    conversation_id Nullable(String) CODEC(ZSTD(1)),

    policy_name LowCardinality(String) CODEC(ZSTD(1)),
    policy_version LowCardinality(String) CODEC(ZSTD(1)),
    strategy LowCardinality(Nullable(String)) COMMENT 'NULL, like all of the decision, when no candidate was left.' CODEC(ZSTD(1)),
    route LowCardinality(Nullable(String)) CODEC(ZSTD(1)),
    route_patterns Array(String) CODEC(ZSTD(1)),
    task_type LowCardinality(Nullable(String)) CODEC(ZSTD(1)),
    task_complexity LowCardinality(Nullable(String)) CODEC(ZSTD(1)),
    task_complexity_score Nullable(Float64) CODEC(ZSTD(1)),
    prompt_characters Nullable(UInt64) CODEC(ZSTD(1)),
    prompt_tokens_estimated Nullable(UInt64) CODEC(ZSTD(1)),

    candidates_json String COMMENT 'As the span has it, with the signals behind each score.' CODEC(ZSTD(3)),
    candidates Nested
    (
        target String,
        eligible Bool,
        excluded_reason LowCardinality(String),
        score Nullable(Float64),
        probability Nullable(Float64),
        terms Map(LowCardinality(String), Float64)
    ) COMMENT 'In the order of the decision; excluded_reason is empty for an eligible candidate.' CODEC(ZSTD(1)),

    selected_target LowCardinality(Nullable(String)) CODEC(ZSTD(1)),
    selected_model LowCardinality(Nullable(String)) CODEC(ZSTD(1)),
    selected_provider LowCardinality(Nullable(String)) CODEC(ZSTD(1)),
    propensity Nullable(Float64) CODEC(ZSTD(1)),
    explored Nullable(Bool) CODEC(ZSTD(1)),
    confidence Nullable(Float64) CODEC(ZSTD(1)),
    override Nullable(Bool) CODEC(ZSTD(1)),
    override_target LowCardinality(Nullable(String)) CODEC(ZSTD(1)),
    decide_duration_us Nullable(Float64) CODEC(ZSTD(1)),
    estimated_cost_nano_usd Nullable(Int64) CODEC(ZSTD(1)),
    estimated_latency_ms Nullable(Float64) CODEC(ZSTD(1)),

    outcome LowCardinality(String) COMMENT 'succeeded, failed or cancelled.' CODEC(ZSTD(1)),
    error_type LowCardinality(Nullable(String)) CODEC(ZSTD(1)),
    attempts Nullable(UInt32) CODEC(ZSTD(1)),
    served_target LowCardinality(Nullable(String)) CODEC(ZSTD(1)),
    served_model LowCardinality(Nullable(String)) CODEC(ZSTD(1)),
    served_provider LowCardinality(Nullable(String)) CODEC(ZSTD(1)),
    cache LowCardinality(Nullable(String)) CODEC(ZSTD(1)),
    coalesced Nullable(Bool) CODEC(ZSTD(1)),
    tokens_input Nullable(UInt64) CODEC(ZSTD(1)),
    tokens_output Nullable(UInt64) CODEC(ZSTD(1)),
    tokens_cache_read Nullable(UInt64) CODEC(ZSTD(1)),
    tokens_cache_write Nullable(UInt64) CODEC(ZSTD(1)),
    tokens_reasoning Nullable(UInt64) CODEC(ZSTD(1)),
    cost_nano_usd Nullable(Int64) COMMENT '1e-9 USD.' CODEC(ZSTD(1)),
    cost_source LowCardinality(Nullable(String)) CODEC(ZSTD(1)),
    price_version LowCardinality(Nullable(String)) CODEC(ZSTD(1)),
    time_to_first_chunk_ms Nullable(Float64) CODEC(ZSTD(1)),

    received_at DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1)),
    INDEX idx_decision_id decision_id TYPE bloom_filter(0.001) GRANULARITY 1,
    INDEX idx_trace_id trace_id TYPE bloom_filter(0.001) GRANULARITY 1
)
ENGINE = ReplacingMergeTree(received_at)
PARTITION BY toDate(timestamp, 'UTC')
ORDER BY (tenant, timestamp, decision_id)
TTL toDateTime(timestamp) + toIntervalDay(90)
SETTINGS index_granularity = 8192, ttl_only_drop_parts = 1, fsync_after_insert = 1, fsync_part_directory = 1

-- next statement
-- Runs inside every insert into otel_traces, so it must not fail whatever a span says: only conversions that give NULL.
-- A route span is a span of our scope with a sequence number. NaN is no measurement, so it is NULL too.
CREATE MATERIALIZED VIEW IF NOT EXISTS decisions_mv TO decisions_raw AS
WITH
    SpanAttributes AS a,
    (text -> if(isFinite(toFloat64OrNull(text)), toFloat64OrNull(text), NULL)) AS finite,
    (text -> if(text IN ('true', 'false'), text = 'true', NULL)) AS bool,
    JSONExtract(
        a['signalbox.candidates'],
        'Array(Tuple(target String, eligible Bool, excluded Tuple(reason String), score Nullable(Float64), probability Nullable(Float64), terms Map(String, Float64)))'
    ) AS c
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
    toUInt64OrNull(a['signalbox.decision.sequence']) AS decision_sequence,
    a['signalbox.tenant'] AS tenant,
    nullIf(a['signalbox.source'], '') AS source,
    nullIf(a['user.id'], '') AS user_id,
    nullIf(a['gen_ai.conversation.id'], '') AS conversation_id,

    a['signalbox.policy.name'] AS policy_name,
    a['signalbox.policy.version'] AS policy_version,
    nullIf(a['signalbox.strategy'], '') AS strategy,
    nullIf(a['signalbox.route'], '') AS route,
    JSONExtract(a['signalbox.route.patterns'], 'Array(String)') AS route_patterns,
    nullIf(a['signalbox.task.type'], '') AS task_type,
    nullIf(a['signalbox.task.complexity'], '') AS task_complexity,
    finite(a['signalbox.task.complexity_score']) AS task_complexity_score,
    toUInt64OrNull(a['signalbox.prompt.characters']) AS prompt_characters,
    toUInt64OrNull(a['signalbox.prompt.tokens_estimated']) AS prompt_tokens_estimated,

    a['signalbox.candidates'] AS candidates_json,
    c.target AS `candidates.target`,
    c.eligible AS `candidates.eligible`,
    c.excluded.reason AS `candidates.excluded_reason`,
    c.score AS `candidates.score`,
    c.probability AS `candidates.probability`,
    c.terms AS `candidates.terms`,

    nullIf(a['signalbox.selected.target'], '') AS selected_target,
    nullIf(a['signalbox.selected.model'], '') AS selected_model,
    nullIf(a['signalbox.selected.provider'], '') AS selected_provider,
    finite(a['signalbox.propensity']) AS propensity,
    bool(a['signalbox.explored']) AS explored,
    finite(a['signalbox.confidence']) AS confidence,
    bool(a['signalbox.override']) AS override,
    nullIf(a['signalbox.override.target'], '') AS override_target,
    finite(a['signalbox.decide.duration_us']) AS decide_duration_us,
    toInt64OrNull(a['signalbox.estimated.cost_nano_usd']) AS estimated_cost_nano_usd,
    finite(a['signalbox.estimated.latency_ms']) AS estimated_latency_ms,

    a['signalbox.outcome'] AS outcome,
    nullIf(a['error.type'], '') AS error_type,
    toUInt32OrNull(a['signalbox.attempts']) AS attempts,
    nullIf(a['signalbox.served.target'], '') AS served_target,
    nullIf(a['signalbox.served.model'], '') AS served_model,
    nullIf(a['signalbox.served.provider'], '') AS served_provider,
    nullIf(a['signalbox.cache'], '') AS cache,
    bool(a['signalbox.coalesced']) AS coalesced,
    toUInt64OrNull(a['signalbox.tokens.input']) AS tokens_input,
    toUInt64OrNull(a['signalbox.tokens.output']) AS tokens_output,
    toUInt64OrNull(a['signalbox.tokens.cache_read']) AS tokens_cache_read,
    toUInt64OrNull(a['signalbox.tokens.cache_write']) AS tokens_cache_write,
    toUInt64OrNull(a['signalbox.tokens.reasoning']) AS tokens_reasoning,
    toInt64OrNull(a['signalbox.cost.nano_usd']) AS cost_nano_usd,
    nullIf(a['signalbox.cost.source'], '') AS cost_source,
    nullIf(a['signalbox.price.version'], '') AS price_version,
    finite(a['signalbox.time_to_first_chunk_ms']) AS time_to_first_chunk_ms,

    received_at
FROM otel_traces
WHERE ScopeName = 'signalbox' AND a['signalbox.decision.sequence'] != '' AND a['signalbox.decision.id'] != ''

-- next statement
-- What people read: each decision once. A row and its repetition have one timestamp and so one partition, which is why
-- partitions need not be merged with each other.
CREATE VIEW IF NOT EXISTS decisions AS
SELECT * FROM decisions_raw FINAL
SETTINGS do_not_merge_across_partitions_select_final = 1

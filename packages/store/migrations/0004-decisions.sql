-- Routed requests: one row for each route span of Signalbox, every attribute in a typed column. NULL means that the
-- span did not say, or said something malformed: not of the column's type, outside its range or its closed set.
-- `malformed` counts the latter. Text columns that cannot be NULL are empty when the span did not say. A span that is
-- inserted again replaces its row.
CREATE TABLE IF NOT EXISTS decisions_raw
(
    timestamp DateTime64(9, 'UTC') CODEC(Delta(8), ZSTD(1)),
    duration_ns UInt64 CODEC(ZSTD(1)),
    trace_id String CODEC(ZSTD(1)),
    span_id String CODEC(ZSTD(1)),
    parent_span_id String COMMENT 'Empty for the root of a trace.' CODEC(ZSTD(1)),
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

    candidates Nested
    (
        target LowCardinality(String),
        eligible Bool,
        excluded_reason LowCardinality(String),
        excluded_detail String,
        score Nullable(Float32),
        probability Nullable(Float32),
        terms Map(LowCardinality(String), Float32),
        first_chunk_ms Nullable(Float32),
        tokens_per_second Nullable(Float32),
        success_rate Nullable(Float32),
        circuit LowCardinality(String),
        estimated_cost_nano_usd Nullable(Int64),
        estimated_latency_ms Nullable(Float32)
    ) COMMENT 'In the order of the decision. excluded_reason and excluded_detail are empty for an eligible candidate, circuit for one without signals. Numbers have 7 digits; the span has all.' CODEC(ZSTD(1)),

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

    outcome LowCardinality(Nullable(String)) COMMENT 'succeeded, failed or cancelled.' CODEC(ZSTD(1)),
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
    cost_source LowCardinality(Nullable(String)) COMMENT 'Where the price came from: override, config, package, or mixed.' CODEC(ZSTD(1)),
    price_version LowCardinality(Nullable(String)) CODEC(ZSTD(1)),
    time_to_first_chunk_ms Nullable(Float64) CODEC(ZSTD(1)),

    malformed UInt8 COMMENT 'Attributes of the span that were there and could not be read.' CODEC(ZSTD(1)),
    received_at DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1)),
    revision UInt16 DEFAULT 0 COMMENT 'How often the row was priced again. The highest wins, so a span that comes again does not undo it.' CODEC(ZSTD(1)),
    INDEX idx_decision_id decision_id TYPE bloom_filter(0.001) GRANULARITY 1,
    INDEX idx_trace_id trace_id TYPE bloom_filter(0.001) GRANULARITY 1
)
ENGINE = ReplacingMergeTree(revision)
PARTITION BY toDate(timestamp, 'UTC')
ORDER BY (tenant, timestamp, decision_id)
TTL toDateTime(timestamp) + toIntervalDay(90)
SETTINGS index_granularity = 8192, ttl_only_drop_parts = 1, fsync_after_insert = 1, fsync_part_directory = 1

-- next statement
-- Runs inside every insert into otel_traces, so it must not fail whatever a span says: only conversions that give NULL.
-- A route span is a span of our scope with a sequence number. NaN is no measurement, so it is NULL too. An empty text is
-- what a map gives for an absent attribute; it does not count as malformed.
-- The condition stands in a subquery, because beside the expressions it would be evaluated together with them: for every
-- span.
CREATE MATERIALIZED VIEW IF NOT EXISTS decisions_mv TO decisions_raw AS
WITH
    SpanAttributes AS a,
    (text -> toUInt64OrNull(text)) AS count_of,
    (text -> if(toFloat64OrNull(text) BETWEEN 0 AND 1e15, toFloat64OrNull(text), NULL)) AS measure,
    (text -> if(toFloat64OrNull(text) BETWEEN 0 AND 1, toFloat64OrNull(text), NULL)) AS share,
    (text -> if(toInt64OrNull(text) >= 0, toInt64OrNull(text), NULL)) AS nano_usd,
    (text -> if(text IN ('true', 'false'), text = 'true', NULL)) AS bool,
    ['coding', 'debugging', 'reasoning', 'math', 'analysis', 'summarization', 'translation', 'creative', 'chat'] AS task_types,
    ['simple', 'moderate', 'complex', 'expert'] AS complexities,
    ['succeeded', 'failed', 'cancelled'] AS outcomes,
    ['hit-exact', 'hit-semantic', 'miss', 'bypass'] AS cache_results,
    ['over-budget', 'over-request-limit', 'context-too-long', 'missing-capability', 'circuit-open', 'unhealthy',
        'rate-limited', 'not-allowed', 'policy'] AS reasons,
    ['closed', 'open', 'half-open'] AS circuits,
    a['signalbox.route.patterns'] AS patterns_json,
    a['signalbox.candidates'] AS json,
    JSONExtract(
        json,
        'Array(Tuple(target String, eligible Bool, excluded Tuple(reason String, detail String), score Nullable(Float64), probability Nullable(Float64), terms Map(String, Float64), signals Tuple(firstChunkMs Nullable(Float64), tokensPerSecond Nullable(Float64), successRate Nullable(Float64), circuit String), estimatedCostNanoUsd Nullable(Int64), estimatedLatencyMs Nullable(Float64)))'
    ) AS c,
    json != '' AND NOT (
        JSONType(json) = 'Array' AND JSONLength(json) = length(c)
        AND arrayAll(x -> x = '' OR has(reasons, x), c.excluded.reason)
        AND arrayAll(x -> x = '' OR has(circuits, x), c.signals.circuit)
    ) AS candidates_malformed
SELECT
    Timestamp AS timestamp,
    Duration AS duration_ns,
    TraceId AS trace_id,
    SpanId AS span_id,
    ParentSpanId AS parent_span_id,
    ServiceName AS service_name,
    ResourceAttributes['service.instance.id'] AS service_instance_id,
    StatusCode AS status_code,
    StatusMessage AS status_message,

    a['signalbox.decision.id'] AS decision_id,
    count_of(a['signalbox.decision.sequence']) AS decision_sequence,
    a['signalbox.tenant'] AS tenant,
    nullIf(a['signalbox.source'], '') AS source,
    nullIf(a['user.id'], '') AS user_id,
    nullIf(a['gen_ai.conversation.id'], '') AS conversation_id,

    a['signalbox.policy.name'] AS policy_name,
    a['signalbox.policy.version'] AS policy_version,
    nullIf(a['signalbox.strategy'], '') AS strategy,
    nullIf(a['signalbox.route'], '') AS route,
    JSONExtract(patterns_json, 'Array(String)') AS route_patterns,
    if(has(task_types, a['signalbox.task.type']), a['signalbox.task.type'], NULL) AS task_type,
    if(has(complexities, a['signalbox.task.complexity']), a['signalbox.task.complexity'], NULL) AS task_complexity,
    share(a['signalbox.task.complexity_score']) AS task_complexity_score,
    count_of(a['signalbox.prompt.characters']) AS prompt_characters,
    count_of(a['signalbox.prompt.tokens_estimated']) AS prompt_tokens_estimated,

    c.target AS `candidates.target`,
    c.eligible AS `candidates.eligible`,
    arrayMap(x -> if(has(reasons, x), x, ''), c.excluded.reason) AS `candidates.excluded_reason`,
    c.excluded.detail AS `candidates.excluded_detail`,
    c.score AS `candidates.score`,
    c.probability AS `candidates.probability`,
    c.terms AS `candidates.terms`,
    c.signals.firstChunkMs AS `candidates.first_chunk_ms`,
    c.signals.tokensPerSecond AS `candidates.tokens_per_second`,
    c.signals.successRate AS `candidates.success_rate`,
    arrayMap(x -> if(has(circuits, x), x, ''), c.signals.circuit) AS `candidates.circuit`,
    c.estimatedCostNanoUsd AS `candidates.estimated_cost_nano_usd`,
    c.estimatedLatencyMs AS `candidates.estimated_latency_ms`,

    nullIf(a['signalbox.selected.target'], '') AS selected_target,
    nullIf(a['signalbox.selected.model'], '') AS selected_model,
    nullIf(a['signalbox.selected.provider'], '') AS selected_provider,
    share(a['signalbox.propensity']) AS propensity,
    bool(a['signalbox.explored']) AS explored,
    share(a['signalbox.confidence']) AS confidence,
    bool(a['signalbox.override']) AS override,
    nullIf(a['signalbox.override.target'], '') AS override_target,
    measure(a['signalbox.decide.duration_us']) AS decide_duration_us,
    nano_usd(a['signalbox.estimated.cost_nano_usd']) AS estimated_cost_nano_usd,
    measure(a['signalbox.estimated.latency_ms']) AS estimated_latency_ms,

    if(has(outcomes, a['signalbox.outcome']), a['signalbox.outcome'], NULL) AS outcome,
    nullIf(a['error.type'], '') AS error_type,
    toUInt32OrNull(a['signalbox.attempts']) AS attempts,
    nullIf(a['signalbox.served.target'], '') AS served_target,
    nullIf(a['signalbox.served.model'], '') AS served_model,
    nullIf(a['signalbox.served.provider'], '') AS served_provider,
    if(has(cache_results, a['signalbox.cache']), a['signalbox.cache'], NULL) AS cache,
    bool(a['signalbox.coalesced']) AS coalesced,
    count_of(a['signalbox.tokens.input']) AS tokens_input,
    count_of(a['signalbox.tokens.output']) AS tokens_output,
    count_of(a['signalbox.tokens.cache_read']) AS tokens_cache_read,
    count_of(a['signalbox.tokens.cache_write']) AS tokens_cache_write,
    count_of(a['signalbox.tokens.reasoning']) AS tokens_reasoning,
    nano_usd(a['signalbox.cost.nano_usd']) AS cost_nano_usd,
    nullIf(a['signalbox.cost.source'], '') AS cost_source,
    nullIf(a['signalbox.price.version'], '') AS price_version,
    measure(a['signalbox.time_to_first_chunk_ms']) AS time_to_first_chunk_ms,

    arrayCount(text -> text != '' AND count_of(text) IS NULL, [
        a['signalbox.decision.sequence'], a['signalbox.prompt.characters'], a['signalbox.prompt.tokens_estimated'],
        a['signalbox.tokens.input'], a['signalbox.tokens.output'], a['signalbox.tokens.cache_read'],
        a['signalbox.tokens.cache_write'], a['signalbox.tokens.reasoning']
    ])
        + arrayCount(text -> text != '' AND measure(text) IS NULL, [
            a['signalbox.decide.duration_us'], a['signalbox.estimated.latency_ms'], a['signalbox.time_to_first_chunk_ms']
        ])
        + arrayCount(text -> text != '' AND share(text) IS NULL, [
            a['signalbox.task.complexity_score'], a['signalbox.propensity'], a['signalbox.confidence']
        ])
        + arrayCount(text -> text != '' AND nano_usd(text) IS NULL, [
            a['signalbox.estimated.cost_nano_usd'], a['signalbox.cost.nano_usd']
        ])
        + arrayCount(text -> text NOT IN ('', 'true', 'false'), [
            a['signalbox.explored'], a['signalbox.override'], a['signalbox.coalesced']
        ])
        + (a['signalbox.attempts'] != '' AND attempts IS NULL)
        + (a['signalbox.task.type'] != '' AND task_type IS NULL)
        + (a['signalbox.task.complexity'] != '' AND task_complexity IS NULL)
        + (a['signalbox.outcome'] != '' AND outcome IS NULL)
        + (a['signalbox.cache'] != '' AND cache IS NULL)
        + (patterns_json != '' AND NOT (JSONType(patterns_json) = 'Array' AND JSONLength(patterns_json) = length(route_patterns)))
        + candidates_malformed AS malformed,

    received_at
FROM
(
    SELECT * FROM otel_traces_unerased
    WHERE ScopeName = 'signalbox'
        AND SpanAttributes['signalbox.decision.sequence'] != '' AND SpanAttributes['signalbox.decision.id'] != ''
)

-- next statement
-- What people read: each decision once. A row and its repetition have one timestamp and so one partition, which is why
-- partitions need not be merged with each other.
CREATE VIEW IF NOT EXISTS decisions AS
SELECT * FROM decisions_raw FINAL
SETTINGS do_not_merge_across_partitions_select_final = 1

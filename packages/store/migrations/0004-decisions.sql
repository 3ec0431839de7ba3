-- Routed requests: one row for each route span of Signalbox, every attribute in a typed column. NULL means that the
-- span did not say, or said something malformed: not of the column's type, outside its range or its closed set.
-- `malformed` counts the latter. Text columns that cannot be NULL are empty when the span did not say. A span that is
-- inserted again replaces its row.
CREATE TABLE IF NOT EXISTS decisions_raw
(
    timestamp DateTime64(9, 'UTC') CODEC(Delta(8), Default),
    duration_ns UInt64,
    trace_id String,
    parent_span_id String COMMENT 'Empty for the root of a trace. The span itself is the one in the trace that names the decision and its sequence.',
    service_name LowCardinality(String),
    service_instance_id LowCardinality(String),
    status_code LowCardinality(String),
    status_message String,

    decision_id String,
    decision_sequence Nullable(UInt64),
    tenant LowCardinality(String) COMMENT 'Empty when the request named none.',
    source LowCardinality(Nullable(String)),
    user_id Nullable(String),
    conversation_id Nullable(String),

    policy_name LowCardinality(String),
    policy_version LowCardinality(String),
    strategy LowCardinality(Nullable(String)) COMMENT 'NULL, like all of the decision, when no candidate was left.',
    route LowCardinality(Nullable(String)),
    route_patterns Array(String),
    task_type LowCardinality(Nullable(String)),
    task_complexity LowCardinality(Nullable(String)),
    task_complexity_score Nullable(Float64),
    prompt_characters Nullable(UInt64),
    prompt_tokens_estimated Nullable(UInt64),
    answer_tokens_expected Nullable(UInt64),
    answer_tokens_max Nullable(UInt64),
    needs Array(LowCardinality(String)),
    requested_model LowCardinality(Nullable(String)),
    requested_strategy LowCardinality(Nullable(String)),
    requested_preferences Array(Float64),
    requested_residency Array(LowCardinality(String)),
    requested_max_cost_nano_usd Nullable(Int64),
    requested_max_worst_cost_nano_usd Nullable(Int64),
    requested_max_cost_per_1m_tokens_nano_usd Nullable(Int64),
    requested_max_latency_ms Nullable(Float64),
    budget_left_nano_usd Nullable(Int64),

    `candidates.target` Array(LowCardinality(String)) COMMENT 'Every candidate in the order of the decision; the other arrays of `candidates` go along with it.',
    `candidates.eligible` Array(Bool),
    `candidates.excluded_reason` Array(LowCardinality(String)) COMMENT 'Empty for an eligible candidate.',
    `candidates.excluded_detail` Array(String) COMMENT 'The numbers behind it; empty for an eligible candidate.',
    `candidates.probability` Array(Float64) COMMENT 'With which it was chosen; 0 for an excluded one.',
    `candidates.term_names` Array(Array(LowCardinality(String))) COMMENT 'The terms of the score.',
    `candidates.term_values` Array(Array(Decimal(9, 3))) COMMENT 'In the order of the names. They add up exactly to the score.' CODEC(T64, Default),
    `candidates.score` Array(Nullable(Decimal(18, 3))) ALIAS arrayMap((eligible, terms) -> if(eligible, toDecimal64(arraySum(terms), 3), NULL), `candidates.eligible`, `candidates.term_values`) COMMENT 'The sum of the terms; NULL for an excluded candidate.',
    `candidates.first_chunk_ms` Array(Nullable(UInt32)) COMMENT 'Measured, as the decision knew it.',
    `candidates.tokens_per_second` Array(Nullable(Float32)) COMMENT 'Measured, as the decision knew it.',
    `candidates.success_rate` Array(Nullable(Decimal(9, 3))) COMMENT 'Measured, as the decision knew it.' CODEC(T64, Default),
    `candidates.circuit` Array(LowCardinality(String)) COMMENT 'closed, open or half-open; empty without signals.',
    `candidates.health` Array(LowCardinality(String)) COMMENT 'healthy, degraded or unhealthy; empty when not known.',
    `candidates.requests_left` Array(Nullable(UInt64)) COMMENT 'Of the rate limit of the target; NULL when not known.',
    `candidates.tokens_left` Array(Nullable(UInt64)) COMMENT 'Of the rate limit of the target; NULL when not known.',
    `candidates.successes` Array(Nullable(Float32)) COMMENT 'Discounted outcomes of such requests; NULL where the strategy does not ask for them.',
    `candidates.failures` Array(Nullable(Float32)) COMMENT 'As successes.',
    `candidates.user_successes` Array(Nullable(Float32)) COMMENT 'Discounted outcomes of this user; NULL where the strategy does not ask for them.',
    `candidates.user_failures` Array(Nullable(Float32)) COMMENT 'As user_successes.',
    `candidates.estimated_cost_nano_usd` Array(Nullable(Int64)),
    `candidates.estimated_latency_ms` Array(Nullable(UInt32)) CODEC(T64, Default),

    selected_target LowCardinality(Nullable(String)),
    selected_model LowCardinality(Nullable(String)),
    selected_provider LowCardinality(Nullable(String)),
    propensity Nullable(Float64),
    explored Nullable(Bool),
    draw Nullable(UInt32),
    sticky_by LowCardinality(Nullable(String)),
    sticky_held LowCardinality(Nullable(String)),
    arm LowCardinality(Nullable(String)),
    shadows Array(LowCardinality(String)),
    confidence Nullable(Float64),
    override Nullable(Bool),
    override_target LowCardinality(Nullable(String)),
    decide_duration_us Nullable(Float64),
    estimated_cost_nano_usd Nullable(Int64),
    estimated_latency_ms Nullable(Float64),

    outcome LowCardinality(Nullable(String)) COMMENT 'succeeded, failed or cancelled.',
    error_type LowCardinality(Nullable(String)),
    attempts Nullable(UInt32),
    served_target LowCardinality(Nullable(String)),
    served_model LowCardinality(Nullable(String)),
    served_provider LowCardinality(Nullable(String)),
    cache LowCardinality(Nullable(String)),
    coalesced Nullable(Bool),
    tokens_input Nullable(UInt64),
    tokens_output Nullable(UInt64),
    tokens_cache_read Nullable(UInt64),
    tokens_cache_write Nullable(UInt64),
    tokens_reasoning Nullable(UInt64),
    cost_nano_usd Nullable(Int64) COMMENT '1e-9 USD.',
    cost_source LowCardinality(Nullable(String)) COMMENT 'Where the price came from: override, config, package, or mixed.',
    price_version LowCardinality(Nullable(String)),
    time_to_first_chunk_ms Nullable(Float64),

    malformed UInt8 COMMENT 'Attributes of the span that were there and could not be read.',
    received_at DateTime64(3, 'UTC') CODEC(Delta(8), Default),
    revision UInt16 DEFAULT 0 COMMENT 'How often the row was priced again. The highest wins, so a span that comes again does not undo it.',
    INDEX idx_decision_id decision_id TYPE bloom_filter(0.001) GRANULARITY 1
)
ENGINE = ReplacingMergeTree(revision)
PARTITION BY toDate(timestamp, 'UTC')
ORDER BY (tenant, timestamp, decision_id)
TTL
    toDateTime(timestamp) + toIntervalDay(90),
    toDateTime(timestamp) + toIntervalHour(36) RECOMPRESS CODEC(ZSTD(12))
SETTINGS
    index_granularity = 8192, min_bytes_for_wide_part = 134217728, default_compression_codec = 'ZSTD(1)',
    ttl_only_drop_parts = 1, fsync_after_insert = 1, fsync_part_directory = 1

-- next statement
-- Runs inside every insert into otel_traces, so it must not fail whatever a span says: only conversions that give NULL.
-- A route span is a span of our scope with a sequence number. NaN is no measurement, so it is NULL too. An empty text is
-- what a map gives for an absent attribute; it does not count as malformed.
-- The condition stands in a subquery, because beside the expressions it would be evaluated together with them: for every
-- span.
CREATE MATERIALIZED VIEW IF NOT EXISTS decisions_mv TO decisions_raw AS
WITH
    SpanAttributes AS a,
    -- A ceiling far above what is real, so that sums stay within what every reader can hold.
    (text -> if(toUInt64OrNull(text) <= 1000000000000, toUInt64OrNull(text), NULL)) AS count_of,
    (text -> if(toFloat64OrNull(text) BETWEEN 0 AND 1e15, toFloat64OrNull(text), NULL)) AS measure,
    (text -> if(toFloat64OrNull(text) BETWEEN 0 AND 1, toFloat64OrNull(text), NULL)) AS share,
    (text -> if(toInt64OrNull(text) BETWEEN 0 AND 1000000000000000, toInt64OrNull(text), NULL)) AS nano_usd,
    (text -> if(text IN ('true', 'false'), text = 'true', NULL)) AS bool,
    (text -> JSONExtract(text, 'Array(String)')) AS texts,
    ((text, found) -> found = 0 AND text NOT IN ('', '[]')) AS texts_malformed,
    -- Float to Decimal cuts digits off; what is whole thousandths is made of them.
    (number -> reinterpret(toInt32(round(least(greatest(number, -1e6), 1e6) * 1e3)), 'Decimal(9, 3)')) AS thousandths,
    ['coding', 'debugging', 'reasoning', 'math', 'analysis', 'summarization', 'translation', 'creative', 'chat'] AS task_types,
    ['simple', 'moderate', 'complex', 'expert'] AS complexities,
    ['succeeded', 'failed', 'cancelled'] AS outcomes,
    ['hit-exact', 'hit-semantic', 'miss', 'bypass'] AS cache_results,
    ['over-budget', 'over-request-limit', 'context-too-long', 'missing-capability', 'circuit-open', 'unhealthy',
        'rate-limited', 'not-allowed', 'policy'] AS reasons,
    ['closed', 'open', 'half-open'] AS circuits,
    ['healthy', 'degraded', 'unhealthy'] AS healths,
    a['signalbox.candidates'] AS json,
    JSONExtract(
        json,
        'Array(Tuple(target String, eligible Bool, excluded Tuple(reason String, detail String), probability Float64, terms Map(String, Float64), signals Tuple(firstChunkMs Nullable(Float64), tokensPerSecond Nullable(Float32), successRate Nullable(Float64), circuit String, health String, requestsLeft Nullable(UInt64), tokensLeft Nullable(UInt64), successes Nullable(Float32), failures Nullable(Float32), userSuccesses Nullable(Float32), userFailures Nullable(Float32)), estimatedCostNanoUsd Nullable(Int64), estimatedLatencyMs Nullable(Float64)))'
    ) AS c,
    json NOT IN ('', '[]') AND NOT (
        -- Cheaper than to parse the text again for its length. In a text within it the quotes are escaped.
        length(c) > 0 AND countSubstrings(json, '"eligible":') = length(c)
        AND arrayAll(x -> x = '' OR has(reasons, x), c.excluded.reason)
        AND arrayAll(x -> x = '' OR has(circuits, x), c.signals.circuit)
        AND arrayAll(x -> x = '' OR has(healths, x), c.signals.health)
    ) AS candidates_malformed
SELECT
    Timestamp AS timestamp,
    Duration AS duration_ns,
    TraceId AS trace_id,
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
    texts(a['signalbox.route.patterns']) AS route_patterns,
    if(has(task_types, a['signalbox.task.type']), a['signalbox.task.type'], NULL) AS task_type,
    if(has(complexities, a['signalbox.task.complexity']), a['signalbox.task.complexity'], NULL) AS task_complexity,
    share(a['signalbox.task.complexity_score']) AS task_complexity_score,
    count_of(a['signalbox.prompt.characters']) AS prompt_characters,
    count_of(a['signalbox.prompt.tokens_estimated']) AS prompt_tokens_estimated,
    count_of(a['signalbox.answer.tokens_expected']) AS answer_tokens_expected,
    count_of(a['signalbox.answer.tokens_max']) AS answer_tokens_max,
    texts(a['signalbox.needs']) AS needs,
    nullIf(a['signalbox.requested.model'], '') AS requested_model,
    nullIf(a['signalbox.requested.strategy'], '') AS requested_strategy,
    JSONExtract(a['signalbox.requested.preferences'], 'Array(Float64)') AS requested_preferences,
    texts(a['signalbox.requested.residency']) AS requested_residency,
    nano_usd(a['signalbox.requested.max_cost_nano_usd']) AS requested_max_cost_nano_usd,
    nano_usd(a['signalbox.requested.max_worst_cost_nano_usd']) AS requested_max_worst_cost_nano_usd,
    nano_usd(a['signalbox.requested.max_cost_per_1m_tokens_nano_usd']) AS requested_max_cost_per_1m_tokens_nano_usd,
    measure(a['signalbox.requested.max_latency_ms']) AS requested_max_latency_ms,
    toInt64OrNull(a['signalbox.budget.left_nano_usd']) AS budget_left_nano_usd,

    c.target AS `candidates.target`,
    c.eligible AS `candidates.eligible`,
    arrayMap(x -> if(has(reasons, x), x, ''), c.excluded.reason) AS `candidates.excluded_reason`,
    c.excluded.detail AS `candidates.excluded_detail`,
    c.probability AS `candidates.probability`,
    arrayMap(x -> mapKeys(x), c.terms) AS `candidates.term_names`,
    arrayMap(x -> arrayMap(y -> thousandths(y), mapValues(x)), c.terms) AS `candidates.term_values`,
    arrayMap(x -> if(x BETWEEN 0 AND 4e9, toUInt32(round(x)), NULL), c.signals.firstChunkMs) AS `candidates.first_chunk_ms`,
    c.signals.tokensPerSecond AS `candidates.tokens_per_second`,
    arrayMap(x -> if(x BETWEEN 0 AND 1, thousandths(x), NULL), c.signals.successRate) AS `candidates.success_rate`,
    arrayMap(x -> if(has(circuits, x), x, ''), c.signals.circuit) AS `candidates.circuit`,
    arrayMap(x -> if(has(healths, x), x, ''), c.signals.health) AS `candidates.health`,
    c.signals.requestsLeft AS `candidates.requests_left`,
    c.signals.tokensLeft AS `candidates.tokens_left`,
    c.signals.successes AS `candidates.successes`,
    c.signals.failures AS `candidates.failures`,
    c.signals.userSuccesses AS `candidates.user_successes`,
    c.signals.userFailures AS `candidates.user_failures`,
    c.estimatedCostNanoUsd AS `candidates.estimated_cost_nano_usd`,
    arrayMap(x -> if(x BETWEEN 0 AND 4e9, toUInt32(round(x)), NULL), c.estimatedLatencyMs) AS `candidates.estimated_latency_ms`,

    nullIf(a['signalbox.selected.target'], '') AS selected_target,
    nullIf(a['signalbox.selected.model'], '') AS selected_model,
    nullIf(a['signalbox.selected.provider'], '') AS selected_provider,
    share(a['signalbox.propensity']) AS propensity,
    bool(a['signalbox.explored']) AS explored,
    toUInt32OrNull(a['signalbox.draw']) AS draw,
    nullIf(a['signalbox.sticky.by'], '') AS sticky_by,
    nullIf(a['signalbox.sticky.held'], '') AS sticky_held,
    nullIf(a['signalbox.arm'], '') AS arm,
    texts(a['signalbox.shadows']) AS shadows,
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
        a['signalbox.tokens.cache_write'], a['signalbox.tokens.reasoning'], a['signalbox.answer.tokens_expected'],
        a['signalbox.answer.tokens_max']
    ])
        + arrayCount(text -> text != '' AND measure(text) IS NULL, [
            a['signalbox.decide.duration_us'], a['signalbox.estimated.latency_ms'], a['signalbox.time_to_first_chunk_ms'],
            a['signalbox.requested.max_latency_ms']
        ])
        + arrayCount(text -> text != '' AND share(text) IS NULL, [
            a['signalbox.task.complexity_score'], a['signalbox.propensity'], a['signalbox.confidence']
        ])
        + arrayCount(text -> text != '' AND nano_usd(text) IS NULL, [
            a['signalbox.estimated.cost_nano_usd'], a['signalbox.cost.nano_usd'], a['signalbox.requested.max_cost_nano_usd'],
            a['signalbox.requested.max_worst_cost_nano_usd'], a['signalbox.requested.max_cost_per_1m_tokens_nano_usd']
        ])
        + arrayCount(text -> text NOT IN ('', 'true', 'false'), [
            a['signalbox.explored'], a['signalbox.override'], a['signalbox.coalesced']
        ])
        + (a['signalbox.attempts'] != '' AND attempts IS NULL)
        + (a['signalbox.task.type'] != '' AND task_type IS NULL)
        + (a['signalbox.task.complexity'] != '' AND task_complexity IS NULL)
        + (a['signalbox.outcome'] != '' AND outcome IS NULL)
        + (a['signalbox.cache'] != '' AND cache IS NULL)
        + (a['signalbox.budget.left_nano_usd'] != '' AND budget_left_nano_usd IS NULL)
        + (a['signalbox.draw'] != '' AND draw IS NULL)
        + (a['signalbox.requested.preferences'] != '' AND length(requested_preferences) != 3)
        + texts_malformed(a['signalbox.route.patterns'], length(route_patterns))
        + texts_malformed(a['signalbox.needs'], length(needs))
        + texts_malformed(a['signalbox.requested.residency'], length(requested_residency))
        + texts_malformed(a['signalbox.shadows'], length(shadows))
        + candidates_malformed AS malformed,

    received_at
FROM
(
    SELECT * FROM otel_traces_unerased
    WHERE ScopeName = 'signalbox'
        AND SpanAttributes['signalbox.decision.sequence'] != '' AND SpanAttributes['signalbox.decision.id'] != ''
)

-- next statement
-- What people read: each decision once, with the scores of its candidates. A row and its repetition have one timestamp and
-- so one partition, which is why partitions need not be merged with each other.
CREATE VIEW IF NOT EXISTS decisions AS
SELECT *, `candidates.score` FROM decisions_raw FINAL
SETTINGS do_not_merge_across_partitions_select_final = 1

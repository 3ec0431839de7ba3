-- What models cost, and when that was known. A sync appends all periods of a model whose prices changed, under one
-- `recorded_at`; nothing is ever changed. So the periods of the newest recording are all that is known of a model, and
-- those of the newest recording before some time all that was known then. Nano-USD (1e-9 USD) per million tokens.
CREATE TABLE IF NOT EXISTS model_prices
(
    provider LowCardinality(String) COMMENT 'Key of providers in the configuration.' CODEC(ZSTD(1)),
    model LowCardinality(String) COMMENT 'Name that the provider is asked for.' CODEC(ZSTD(1)),
    recorded_at DateTime64(3, 'UTC') COMMENT 'When it became known.' CODEC(ZSTD(1)),
    valid_from DateTime64(3, 'UTC') COMMENT 'Since when it holds, until the next period; 1970 for since ever.' CODEC(ZSTD(1)),
    input Nullable(UInt64) COMMENT 'NULL, as output, for a price that is unknown.' CODEC(ZSTD(1)),
    output Nullable(UInt64) CODEC(ZSTD(1)),
    cache_read Nullable(UInt64) COMMENT 'NULL: as input.' CODEC(ZSTD(1)),
    cache_write Nullable(UInt64) COMMENT 'NULL: as input.' CODEC(ZSTD(1)),
    reasoning Nullable(UInt64) COMMENT 'NULL: as output.' CODEC(ZSTD(1)),
    tiers Nested
    (
        above_input_tokens UInt64,
        input UInt64,
        output UInt64,
        cache_read Nullable(UInt64),
        cache_write Nullable(UInt64),
        reasoning Nullable(UInt64)
    ) COMMENT 'Ascending. The last whose threshold the input exceeds prices the whole request.' CODEC(ZSTD(1)),
    source LowCardinality(Nullable(String)) COMMENT 'override, config or package.' CODEC(ZSTD(1)),
    version LowCardinality(Nullable(String)) COMMENT 'As price_version of decisions.' CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree
ORDER BY (provider, model, recorded_at, valid_from)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1

-- next statement
-- All periods of each model as known at a time: model_price_periods(known_at = now64(3)).
CREATE VIEW IF NOT EXISTS model_price_periods AS
SELECT * FROM model_prices FINAL
WHERE (provider, model, recorded_at) IN (
    SELECT provider, model, max(recorded_at)
    FROM model_prices
    WHERE recorded_at <= {known_at:DateTime64(3, 'UTC')}
    GROUP BY provider, model
)

-- next statement
-- The price of each model that held at a time, as known at a time: model_prices_at(valid_at = ..., known_at = ...).
CREATE VIEW IF NOT EXISTS model_prices_at AS
SELECT * FROM model_prices FINAL
WHERE valid_from <= {valid_at:DateTime64(3, 'UTC')} AND (provider, model, recorded_at) IN (
    SELECT provider, model, max(recorded_at)
    FROM model_prices
    WHERE recorded_at <= {known_at:DateTime64(3, 'UTC')}
    GROUP BY provider, model
)
ORDER BY valid_from DESC
LIMIT 1 BY provider, model

-- next statement
-- Every upstream call beside what it costs by the price that held when it began, as known at a time:
-- priced_calls(known_at = now64(3)). `kind` is attempt (routed by Signalbox) or llm-call (told by another
-- instrumentation). cost_nano_usd is NULL when the price, the input or the output is unknown, or beyond 2^53.
-- This is costNanoUsd of @signalbox/router in SQL; a test holds both equal to the nano-dollar. 256 bits hold every sum
-- of 64-bit tokens times 64-bit prices, so nothing is rounded before the end.
CREATE VIEW IF NOT EXISTS priced_calls AS
WITH
    arrayLastIndex(threshold -> ifNull(c.tokens_input, 0) > threshold, p.`tiers.above_input_tokens`) AS tier,
    if(tier = 0, p.input, p.`tiers.input`[tier]) AS input_rate,
    if(tier = 0, p.output, p.`tiers.output`[tier]) AS output_rate,
    ifNull(if(tier = 0, p.cache_read, p.`tiers.cache_read`[tier]), input_rate) AS cache_read_rate,
    ifNull(if(tier = 0, p.cache_write, p.`tiers.cache_write`[tier]), input_rate) AS cache_write_rate,
    ifNull(if(tier = 0, p.reasoning, p.`tiers.reasoning`[tier]), output_rate) AS reasoning_rate,
    toInt256(ifNull(c.tokens_cache_read, 0)) AS cache_read,
    toInt256(ifNull(c.tokens_cache_write, 0)) AS cache_write,
    toInt256(ifNull(c.tokens_reasoning, 0)) AS reasoning,
    greatest(toInt256(c.tokens_input) - cache_read - cache_write, toInt256(0)) * input_rate
        + cache_read * cache_read_rate
        + cache_write * cache_write_rate
        + greatest(toInt256(c.tokens_output) - reasoning, toInt256(0)) * output_rate
        + reasoning * reasoning_rate AS millionths,
    intDiv(millionths + 500000, 1000000) AS cost,
    9007199254740991 AS max_safe
SELECT
    c.*,
    p.input IS NOT NULL AS has_price,
    p.source AS price_source,
    p.version AS price_version,
    -- `greatest` passes over NULL.
    if(
        c.tokens_input IS NULL OR c.tokens_output IS NULL
            OR greatest(toInt256(c.tokens_input), toInt256(c.tokens_output), cache_read, cache_write, reasoning, cost) > max_safe,
        NULL,
        toInt64(cost)
    ) AS cost_nano_usd
FROM
(
    SELECT
        'attempt' AS kind, tenant, timestamp, trace_id, span_id, decision_id, attempt_number, revision,
        splitByChar('/', ifNull(target, ''))[1] AS provider, ifNull(request_model, '') AS model, target,
        outcome, error_type, time_to_first_chunk_ms,
        tokens_input, tokens_output, tokens_cache_read, tokens_cache_write, tokens_reasoning,
        cost_nano_usd AS recorded_cost_nano_usd, cost_source AS recorded_source, price_version AS recorded_version
    FROM attempts_raw FINAL
    UNION ALL
    SELECT
        'llm-call', tenant, timestamp, trace_id, span_id, '', 0, 0,
        ifNull(provider, ''), ifNull(model, ''), NULL,
        NULL, error_type, time_to_first_chunk_ms,
        tokens_input, tokens_output, tokens_cache_read, tokens_cache_write, tokens_reasoning,
        cost_nano_usd, NULL, NULL
    FROM llm_calls_raw FINAL
) AS c
ASOF LEFT JOIN
(
    SELECT *, toDateTime64(valid_from, 9, 'UTC') AS since
    FROM model_prices FINAL
    WHERE (provider, model, recorded_at) IN (
        SELECT provider, model, max(recorded_at)
        FROM model_prices
        WHERE recorded_at <= {known_at:DateTime64(3, 'UTC')}
        GROUP BY provider, model
    )
) AS p
ON c.provider = p.provider AND c.model = p.model AND c.timestamp >= p.since

-- next statement
-- Every time that history was priced again. The row is written when it begins, and once more when it is done.
CREATE TABLE IF NOT EXISTS price_audits_raw
(
    id UUID,
    actor String COMMENT 'Who did it.',
    started_at DateTime64(3, 'UTC') COMMENT 'Prices as known then.',
    finished_at Nullable(DateTime64(3, 'UTC')) COMMENT 'NULL while it runs, and for ever when it was interrupted.',
    since DateTime64(3, 'UTC'),
    until DateTime64(3, 'UTC'),
    model Nullable(String) COMMENT 'Only this model; NULL: all.',
    decisions UInt64 COMMENT 'Decisions whose cost changed.',
    attempts UInt64 COMMENT 'Attempts whose cost changed.',
    cost_before_nano_usd Nullable(Int64) COMMENT 'Known cost of these decisions before.',
    cost_after_nano_usd Nullable(Int64) COMMENT 'Their cost afterwards.',
    cost_was_unknown UInt64 COMMENT 'How many of them had no known cost before.',
    price_versions Array(String) COMMENT 'Versions of the prices that changed something.'
)
ENGINE = ReplacingMergeTree
ORDER BY (started_at, id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1

-- next statement
CREATE VIEW IF NOT EXISTS price_audits AS SELECT * FROM price_audits_raw FINAL

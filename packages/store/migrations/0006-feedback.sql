-- What people said about decisions: one row for each event `gen_ai.evaluation.result` of Signalbox. It comes late, from
-- any process, and as often as somebody changes their mind. NULL, `malformed`, repetition and retention as in
-- decisions_raw.
CREATE TABLE IF NOT EXISTS feedback_raw
(
    timestamp DateTime64(9, 'UTC') COMMENT 'When it was given.' CODEC(Delta(8), ZSTD(1)),
    trace_id String COMMENT 'Of the request that gave it, which as a rule is not the decision''s.' CODEC(ZSTD(1)),
    span_id String CODEC(ZSTD(1)),
    service_name LowCardinality(String) CODEC(ZSTD(1)),
    service_instance_id LowCardinality(String) CODEC(ZSTD(1)),

    decision_id String CODEC(ZSTD(1)),
    tenant LowCardinality(String) COMMENT 'Empty when the event named none.' CODEC(ZSTD(1)),
    user_id Nullable(String) COMMENT 'Who gave it.' CODEC(ZSTD(1)),

    name LowCardinality(String) COMMENT 'satisfaction, accuracy or override; empty when it is none of them.' CODEC(ZSTD(1)),
    satisfaction Nullable(Float64) COMMENT '0 to 1.' CODEC(ZSTD(1)),
    accurate Nullable(Bool) COMMENT 'Was the right model chosen?' CODEC(ZSTD(1)),
    overridden_to LowCardinality(Nullable(String)) COMMENT 'Target that was taken instead.' CODEC(ZSTD(1)),

    malformed UInt8 COMMENT 'Attributes of the event that were there and could not be read.' CODEC(ZSTD(1)),
    received_at DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1))
)
ENGINE = ReplacingMergeTree(received_at)
PARTITION BY toDate(timestamp, 'UTC')
ORDER BY (tenant, decision_id, name, timestamp, ifNull(user_id, ''))
TTL toDateTime(timestamp) + toIntervalDay(90)
SETTINGS index_granularity = 8192, ttl_only_drop_parts = 1, fsync_after_insert = 1, fsync_part_directory = 1

-- next statement
-- Must not fail whatever an event says, as decisions_mv.
CREATE MATERIALIZED VIEW IF NOT EXISTS feedback_mv TO feedback_raw AS
WITH
    LogAttributes AS a,
    a['gen_ai.evaluation.name'] AS said_name,
    a['gen_ai.evaluation.score.value'] AS value,
    a['gen_ai.evaluation.score.label'] AS label,
    if(toFloat64OrNull(value) BETWEEN 0 AND 1, toFloat64OrNull(value), NULL) AS score
SELECT
    Timestamp AS timestamp,
    TraceId AS trace_id,
    SpanId AS span_id,
    ServiceName AS service_name,
    ResourceAttributes['service.instance.id'] AS service_instance_id,

    a['signalbox.decision.id'] AS decision_id,
    a['signalbox.tenant'] AS tenant,
    nullIf(a['user.id'], '') AS user_id,

    if(said_name IN ('satisfaction', 'accuracy', 'override'), said_name, '') AS name,
    if(name = 'satisfaction', score, NULL) AS satisfaction,
    if(name = 'accuracy' AND label IN ('accurate', 'inaccurate'), label = 'accurate', NULL) AS accurate,
    if(name = 'override', nullIf(label, ''), NULL) AS overridden_to,

    (name = '')
        + (value != '' AND score IS NULL)
        + (name = 'accuracy' AND label NOT IN ('', 'accurate', 'inaccurate')) AS malformed,
    received_at
FROM otel_logs_unerased
WHERE ScopeName = 'signalbox' AND EventName = 'gen_ai.evaluation.result' AND a['signalbox.decision.id'] != ''

-- next statement
-- What people read: each event once.
CREATE VIEW IF NOT EXISTS feedback AS
SELECT * FROM feedback_raw FINAL
SETTINGS do_not_merge_across_partitions_select_final = 1

-- next statement
-- Decisions with the newest of each kind of feedback. A view of its own, because the join reads all feedback of the last
-- 90 days whatever is asked for: a full scan takes 1.6 times as long with feedback on one decision in 20, and most
-- questions do not need it. Feedback counts for a decision of its own tenant only.
CREATE VIEW IF NOT EXISTS decisions_with_feedback AS
SELECT d.*, d.`candidates.score` AS `candidates.score`, f.satisfaction, f.accurate, f.overridden_to
FROM decisions_raw AS d FINAL
LEFT JOIN
(
    SELECT
        tenant,
        decision_id,
        argMax(satisfaction, (timestamp, satisfaction)) AS satisfaction,
        argMax(accurate, (timestamp, accurate)) AS accurate,
        argMax(overridden_to, (timestamp, overridden_to)) AS overridden_to
    FROM feedback_raw FINAL
    GROUP BY tenant, decision_id
) AS f USING (tenant, decision_id)
SETTINGS do_not_merge_across_partitions_select_final = 1

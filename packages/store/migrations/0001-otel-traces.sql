-- Spans, column-compatible with the ClickHouse exporter of the OpenTelemetry Collector (contrib v0.161). What we add:
-- `received_at`, and an engine and a sorting key under which a span that is inserted again replaces itself: after a
-- failure of unknown outcome a sender simply sends again. A query that must not see a span twice before the next merge
-- reads with FINAL; `decisions` and `attempts` do.
-- Sorted by time within a service, so that the spans of a trace lie side by side: half the bytes of their ids.
-- Days are days of UTC whatever the server's time zone. A part is dropped whole when all of it is 30 days old. Columns that
-- name no codec are compressed fast at first and well once all of a part is 36 hours old, when few still read it.
CREATE TABLE IF NOT EXISTS otel_traces
(
    Timestamp DateTime64(9) CODEC(Delta(8), Default),
    TraceId String,
    SpanId String,
    ParentSpanId String,
    TraceState String,
    SpanName LowCardinality(String),
    SpanKind LowCardinality(String),
    ServiceName LowCardinality(String),
    ResourceAttributes Map(LowCardinality(String), String),
    ScopeName String,
    ScopeVersion String,
    SpanAttributes Map(LowCardinality(String), String),
    Duration UInt64,
    StatusCode LowCardinality(String),
    StatusMessage String,
    Events Nested
    (
        Timestamp DateTime64(9),
        Name LowCardinality(String),
        Attributes Map(LowCardinality(String), String)
    ),
    Links Nested
    (
        TraceId String,
        SpanId String,
        TraceState String,
        Attributes Map(LowCardinality(String), String)
    ),
    received_at DateTime64(3, 'UTC') DEFAULT now64(3) CODEC(Delta(8), Default),
    ingest_block FixedString(16) DEFAULT '' COMMENT 'The insert that brought the row, by the id in the log of our collector; zeros from anyone else.',
    ingest_row UInt32 DEFAULT 0 COMMENT 'Its place in that insert.',
    INDEX idx_trace_id TraceId TYPE bloom_filter(0.001) GRANULARITY 1,
    INDEX idx_res_attr_key mapKeys(ResourceAttributes) TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX idx_res_attr_value mapValues(ResourceAttributes) TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX idx_span_attr_key mapKeys(SpanAttributes) TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX idx_duration Duration TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree(received_at)
PARTITION BY toDate(Timestamp, 'UTC')
PRIMARY KEY (ServiceName, toDateTime(Timestamp))
ORDER BY (ServiceName, toDateTime(Timestamp), TraceId, SpanId)
TTL
    toDateTime(Timestamp) + toIntervalDay(30),
    toDateTime(Timestamp) + toIntervalHour(36) RECOMPRESS CODEC(ZSTD(12))
SETTINGS
    index_granularity = 8192, min_bytes_for_wide_part = 134217728, default_compression_codec = 'ZSTD(1)',
    ttl_only_drop_parts = 1, fsync_after_insert = 1, fsync_part_directory = 1

-- next statement
-- When a trace happened, so that a look-up by trace id reads minutes instead of a month. `End` is in the key because
-- the spans of a trace arrive in several inserts: rows of one trace add up, equal rows collapse.
CREATE TABLE IF NOT EXISTS otel_traces_trace_id_ts
(
    TraceId String CODEC(ZSTD(1)),
    Start DateTime CODEC(Delta(4), ZSTD(1)),
    End DateTime CODEC(Delta(4), ZSTD(1))
)
ENGINE = ReplacingMergeTree
PARTITION BY toDate(Start, 'UTC')
ORDER BY (TraceId, Start, End)
TTL Start + toIntervalDay(30)
SETTINGS index_granularity = 8192, ttl_only_drop_parts = 1, fsync_after_insert = 1, fsync_part_directory = 1

-- next statement
-- Who and what was erased, so that rows which come again stay away: an old block that is sent once more, a span that
-- was still on its way. `hash` is sipHash128Reference(kind, id): of a user or tenant, or of a decision or trace of one;
-- `subject` is the hash of that user or tenant. What began until `until` stays away: for users and
-- tenants the moment of erasure, so that later activity is seen; for decisions and traces the end of time.
-- Kept as long as the longest kept of the rows that it keeps away: older ones are dropped as they come.
CREATE TABLE IF NOT EXISTS erased
(
    hash FixedString(16),
    subject FixedString(16),
    until DateTime64(9, 'UTC'),
    erased_at DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = ReplacingMergeTree(until)
ORDER BY (hash, subject)
TTL toDateTime(erased_at) + toIntervalDay(90)
SETTINGS index_granularity = 256, fsync_after_insert = 1, fsync_part_directory = 1

-- next statement
-- The spans of each insert without the erased ones; stores nothing. Whatever is derived from spans is derived from here.
CREATE TABLE IF NOT EXISTS otel_traces_unerased AS otel_traces ENGINE = Null

-- next statement
-- Inside a materialized view every mention of otel_traces means the inserted block, so `erased` is read by its key.
-- A span that names no decision and no user goes with its trace; with a tenant's trace only if it names no tenant either.
-- src/erasure says the same, to delete what is stored.
CREATE MATERIALIZED VIEW IF NOT EXISTS otel_traces_unerased_mv TO otel_traces_unerased AS
WITH
    ((own, shared) -> if(own != '', own, shared)) AS either,
    ((decision, user, tenant, trace) -> [
        sipHash128Reference('decision', decision),
        sipHash128Reference('user', user),
        sipHash128Reference('tenant', tenant),
        sipHash128Reference('user-trace', if(decision = '' AND user = '', trace, '')),
        sipHash128Reference('tenant-trace', if(decision = '' AND user = '' AND tenant = '', trace, ''))
    ]) AS hashes_of_ids,
    ((own, shared, trace) -> hashes_of_ids(
        own['signalbox.decision.id'],
        own['user.id'],
        either(own['signalbox.tenant'], shared['signalbox.tenant']),
        trace
    )) AS hashes
SELECT * FROM otel_traces
WHERE (TraceId, SpanId) NOT IN (
    SELECT TraceId, SpanId
    FROM (SELECT TraceId, SpanId, Timestamp, arrayJoin(hashes(SpanAttributes, ResourceAttributes, TraceId)) AS hash FROM otel_traces) AS span
    INNER JOIN (SELECT hash, until FROM erased WHERE hash IN (SELECT arrayJoin(hashes(SpanAttributes, ResourceAttributes, TraceId)) FROM otel_traces)) AS gone USING hash
    WHERE Timestamp <= until
)

-- next statement
CREATE MATERIALIZED VIEW IF NOT EXISTS otel_traces_trace_id_ts_mv TO otel_traces_trace_id_ts AS
SELECT
    TraceId,
    min(Timestamp) AS Start,
    max(Timestamp) AS End
FROM otel_traces_unerased
WHERE TraceId != ''
GROUP BY TraceId

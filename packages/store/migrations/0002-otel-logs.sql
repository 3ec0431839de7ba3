-- Log records, column-compatible with the contrib exporter v0.161 (the layout since v0.151). OTLP gives a log record no
-- identity, so its whole content is its key: a record that is inserted again replaces itself. The price: two records
-- of one service that are equal in every field, to the nanosecond, are one.
CREATE TABLE IF NOT EXISTS otel_logs
(
    Timestamp DateTime64(9) CODEC(Delta(8), ZSTD(1)),
    TraceId String CODEC(ZSTD(1)),
    SpanId String CODEC(ZSTD(1)),
    TraceFlags UInt8,
    SeverityText LowCardinality(String) CODEC(ZSTD(1)),
    SeverityNumber UInt8,
    ServiceName LowCardinality(String) CODEC(ZSTD(1)),
    Body String CODEC(ZSTD(1)),
    ResourceSchemaUrl LowCardinality(String) CODEC(ZSTD(1)),
    ResourceAttributes Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    ScopeSchemaUrl LowCardinality(String) CODEC(ZSTD(1)),
    ScopeName String CODEC(ZSTD(1)),
    ScopeVersion LowCardinality(String) CODEC(ZSTD(1)),
    ScopeAttributes Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    LogAttributes Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    EventName String CODEC(ZSTD(1)),
    `__otel_materialized_k8s.cluster.name` LowCardinality(String) MATERIALIZED ResourceAttributes['k8s.cluster.name'] CODEC(ZSTD(1)),
    `__otel_materialized_k8s.container.name` LowCardinality(String) MATERIALIZED ResourceAttributes['k8s.container.name'] CODEC(ZSTD(1)),
    `__otel_materialized_k8s.deployment.name` LowCardinality(String) MATERIALIZED ResourceAttributes['k8s.deployment.name'] CODEC(ZSTD(1)),
    `__otel_materialized_k8s.namespace.name` LowCardinality(String) MATERIALIZED ResourceAttributes['k8s.namespace.name'] CODEC(ZSTD(1)),
    `__otel_materialized_k8s.node.name` LowCardinality(String) MATERIALIZED ResourceAttributes['k8s.node.name'] CODEC(ZSTD(1)),
    `__otel_materialized_k8s.pod.name` LowCardinality(String) MATERIALIZED ResourceAttributes['k8s.pod.name'] CODEC(ZSTD(1)),
    `__otel_materialized_k8s.pod.uid` LowCardinality(String) MATERIALIZED ResourceAttributes['k8s.pod.uid'] CODEC(ZSTD(1)),
    `__otel_materialized_deployment.environment.name` LowCardinality(String) MATERIALIZED ResourceAttributes['deployment.environment.name'] CODEC(ZSTD(1)),
    received_at DateTime64(3, 'UTC') DEFAULT now64(3) CODEC(Delta(8), ZSTD(1)),
    ingest_block FixedString(16) DEFAULT '' COMMENT 'The insert that brought the row, by the id in the log of our collector; zeros from anyone else.' CODEC(ZSTD(1)),
    ingest_row UInt32 DEFAULT 0 COMMENT 'Its place in that insert.' CODEC(ZSTD(1)),
    INDEX idx_trace_id TraceId TYPE bloom_filter(0.001) GRANULARITY 1,
    INDEX idx_res_attr_key mapKeys(ResourceAttributes) TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX idx_res_attr_value mapValues(ResourceAttributes) TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX idx_scope_attr_key mapKeys(ScopeAttributes) TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX idx_scope_attr_value mapValues(ScopeAttributes) TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX idx_log_attr_key mapKeys(LogAttributes) TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX idx_log_attr_value mapValues(LogAttributes) TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX idx_lower_body lower(Body) TYPE tokenbf_v1(32768, 3, 0) GRANULARITY 8
)
ENGINE = ReplacingMergeTree(received_at)
PARTITION BY toDate(Timestamp, 'UTC')
PRIMARY KEY (toStartOfFiveMinutes(Timestamp), ServiceName, Timestamp)
ORDER BY
(
    toStartOfFiveMinutes(Timestamp), ServiceName, Timestamp, TraceId, SpanId,
    cityHash64(
        ResourceAttributes, ScopeName, ScopeVersion, ScopeAttributes,
        SeverityNumber, SeverityText, Body, LogAttributes, EventName
    )
)
TTL toDateTime(Timestamp) + toIntervalDay(30)
SETTINGS index_granularity = 8192, ttl_only_drop_parts = 1, fsync_after_insert = 1, fsync_part_directory = 1

-- next statement
-- The log records of each insert without the erased ones, as otel_traces_unerased for spans.
CREATE TABLE IF NOT EXISTS otel_logs_unerased AS otel_logs ENGINE = Null

-- next statement
CREATE MATERIALIZED VIEW IF NOT EXISTS otel_logs_unerased_mv TO otel_logs_unerased AS
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
SELECT * FROM otel_logs
WHERE (Timestamp, hashes(LogAttributes, ResourceAttributes, TraceId)) NOT IN (
    SELECT Timestamp, keys
    FROM (SELECT Timestamp, hashes(LogAttributes, ResourceAttributes, TraceId) AS keys, arrayJoin(keys) AS hash FROM otel_logs) AS record
    INNER JOIN (SELECT hash, until FROM erased WHERE hash IN (SELECT arrayJoin(hashes(LogAttributes, ResourceAttributes, TraceId)) FROM otel_logs)) AS gone USING hash
    WHERE Timestamp <= until
)

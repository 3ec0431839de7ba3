CREATE TABLE IF NOT EXISTS otel_traces_local ON CLUSTER `main`
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/signalbox/otel_traces_local/{shard}', '{replica}', received_at)
CREATE TABLE IF NOT EXISTS otel_traces ON CLUSTER `main` AS otel_traces_local
ENGINE = Distributed('main', 'signalbox', 'otel_traces_local', cityHash64(TraceId))
SETTINGS fsync_after_insert = 1, fsync_directories = 1
-- next statement
CREATE TABLE IF NOT EXISTS otel_traces_trace_id_ts_local ON CLUSTER `main`
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/signalbox/otel_traces_trace_id_ts_local/{shard}', '{replica}')
CREATE TABLE IF NOT EXISTS otel_traces_trace_id_ts ON CLUSTER `main` AS otel_traces_trace_id_ts_local
ENGINE = Distributed('main', 'signalbox', 'otel_traces_trace_id_ts_local', cityHash64(TraceId))
SETTINGS fsync_after_insert = 1, fsync_directories = 1
-- next statement
CREATE TABLE IF NOT EXISTS erased ON CLUSTER `main`
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/signalbox/erased/all', '{shard}-{replica}', until)
-- next statement
CREATE TABLE IF NOT EXISTS otel_traces_unerased ON CLUSTER `main` AS otel_traces_local ENGINE = Null
-- next statement
CREATE MATERIALIZED VIEW IF NOT EXISTS otel_traces_unerased_mv ON CLUSTER `main` TO otel_traces_unerased AS
SELECT * FROM otel_traces_local
    FROM (SELECT TraceId, SpanId, Timestamp, arrayJoin(hashes(SpanAttributes, ResourceAttributes, TraceId)) AS hash FROM otel_traces_local) AS span
    INNER JOIN (SELECT hash, until FROM erased WHERE hash IN (SELECT arrayJoin(hashes(SpanAttributes, ResourceAttributes, TraceId)) FROM otel_traces_local)) AS gone USING hash
-- next statement
CREATE MATERIALIZED VIEW IF NOT EXISTS otel_traces_trace_id_ts_mv ON CLUSTER `main` TO otel_traces_trace_id_ts_local AS

CREATE TABLE IF NOT EXISTS otel_logs_local ON CLUSTER `main`
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/signalbox/otel_logs_local/{shard}', '{replica}', received_at)
CREATE TABLE IF NOT EXISTS otel_logs ON CLUSTER `main` AS otel_logs_local
ENGINE = Distributed('main', 'signalbox', 'otel_logs_local', cityHash64(multiIf(LogAttributes['signalbox.decision.id'] != '', LogAttributes['signalbox.decision.id'], TraceId != '', TraceId, toString(toUnixTimestamp64Nano(Timestamp)))))
SETTINGS fsync_after_insert = 1, fsync_directories = 1
-- next statement
CREATE TABLE IF NOT EXISTS otel_logs_unerased ON CLUSTER `main` AS otel_logs_local ENGINE = Null
-- next statement
CREATE MATERIALIZED VIEW IF NOT EXISTS otel_logs_unerased_mv ON CLUSTER `main` TO otel_logs_unerased AS
SELECT * FROM otel_logs_local
    FROM (SELECT Timestamp, hashes(LogAttributes, ResourceAttributes, TraceId) AS keys, arrayJoin(keys) AS hash FROM otel_logs_local) AS record
    INNER JOIN (SELECT hash, until FROM erased WHERE hash IN (SELECT arrayJoin(hashes(LogAttributes, ResourceAttributes, TraceId)) FROM otel_logs_local)) AS gone USING hash

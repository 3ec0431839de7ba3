CREATE TABLE IF NOT EXISTS llm_calls_raw_local ON CLUSTER `main`
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/signalbox/llm_calls_raw_local/{shard}', '{replica}', received_at)
CREATE TABLE IF NOT EXISTS llm_calls_raw ON CLUSTER `main` AS llm_calls_raw_local
ENGINE = Distributed('main', 'signalbox', 'llm_calls_raw_local', cityHash64(trace_id))
SETTINGS fsync_after_insert = 1, fsync_directories = 1
-- next statement
CREATE MATERIALIZED VIEW IF NOT EXISTS llm_calls_mv ON CLUSTER `main` TO llm_calls_raw_local AS
-- next statement
CREATE VIEW IF NOT EXISTS llm_calls_local ON CLUSTER `main` AS
SELECT * FROM llm_calls_raw_local FINAL
CREATE TABLE IF NOT EXISTS llm_calls ON CLUSTER `main` AS llm_calls_local
ENGINE = Distributed('main', 'signalbox', 'llm_calls_local')
-- next statement
CREATE VIEW IF NOT EXISTS llm_calls_unrouted_local ON CLUSTER `main` AS
SELECT * FROM llm_calls_raw_local FINAL
    (SELECT trace_id, span_id FROM attempts_raw_local WHERE trace_id IN (SELECT trace_id FROM llm_calls_raw_local))
    (SELECT trace_id, parent_span_id FROM decisions_raw_local WHERE trace_id IN (SELECT trace_id FROM llm_calls_raw_local))
CREATE TABLE IF NOT EXISTS llm_calls_unrouted ON CLUSTER `main` AS llm_calls_unrouted_local
ENGINE = Distributed('main', 'signalbox', 'llm_calls_unrouted_local')

CREATE TABLE IF NOT EXISTS attempts_raw_local ON CLUSTER `main`
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/signalbox/attempts_raw_local/{shard}', '{replica}', revision)
CREATE TABLE IF NOT EXISTS attempts_raw ON CLUSTER `main` AS attempts_raw_local
ENGINE = Distributed('main', 'signalbox', 'attempts_raw_local', cityHash64(trace_id))
SETTINGS fsync_after_insert = 1, fsync_directories = 1
-- next statement
CREATE MATERIALIZED VIEW IF NOT EXISTS attempts_mv ON CLUSTER `main` TO attempts_raw_local AS
-- next statement
CREATE VIEW IF NOT EXISTS attempts_local ON CLUSTER `main` AS
SELECT * FROM attempts_raw_local FINAL
CREATE TABLE IF NOT EXISTS attempts ON CLUSTER `main` AS attempts_local
ENGINE = Distributed('main', 'signalbox', 'attempts_local')

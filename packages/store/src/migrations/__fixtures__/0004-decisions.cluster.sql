CREATE TABLE IF NOT EXISTS decisions_raw_local ON CLUSTER `main`
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/signalbox/decisions_raw_local/{shard}', '{replica}', revision)
CREATE TABLE IF NOT EXISTS decisions_raw ON CLUSTER `main` AS decisions_raw_local
ENGINE = Distributed('main', 'signalbox', 'decisions_raw_local', cityHash64(trace_id))
SETTINGS fsync_after_insert = 1, fsync_directories = 1
-- next statement
CREATE MATERIALIZED VIEW IF NOT EXISTS decisions_mv ON CLUSTER `main` TO decisions_raw_local AS
-- next statement
CREATE VIEW IF NOT EXISTS decisions_local ON CLUSTER `main` AS
SELECT *, `candidates.score` FROM decisions_raw_local FINAL
CREATE TABLE IF NOT EXISTS decisions ON CLUSTER `main` AS decisions_local
ENGINE = Distributed('main', 'signalbox', 'decisions_local')

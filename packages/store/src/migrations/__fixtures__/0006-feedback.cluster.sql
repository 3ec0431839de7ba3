CREATE TABLE IF NOT EXISTS feedback_raw_local ON CLUSTER `main`
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/signalbox/feedback_raw_local/{shard}', '{replica}', received_at)
CREATE TABLE IF NOT EXISTS feedback_raw ON CLUSTER `main` AS feedback_raw_local
ENGINE = Distributed('main', 'signalbox', 'feedback_raw_local', cityHash64(decision_id))
SETTINGS fsync_after_insert = 1, fsync_directories = 1
-- next statement
CREATE MATERIALIZED VIEW IF NOT EXISTS feedback_mv ON CLUSTER `main` TO feedback_raw_local AS
-- next statement
CREATE VIEW IF NOT EXISTS feedback_local ON CLUSTER `main` AS
SELECT * FROM feedback_raw_local FINAL
CREATE TABLE IF NOT EXISTS feedback ON CLUSTER `main` AS feedback_local
ENGINE = Distributed('main', 'signalbox', 'feedback_local')
-- next statement
CREATE VIEW IF NOT EXISTS decisions_with_feedback ON CLUSTER `main` AS
GLOBAL LEFT JOIN

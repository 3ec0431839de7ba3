CREATE TABLE IF NOT EXISTS rollup_user_1h_raw_local ON CLUSTER `main`
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/signalbox/rollup_user_1h_raw_local/{shard}', '{replica}', refreshed_at, deleted)
CREATE TABLE IF NOT EXISTS rollup_user_1h_raw ON CLUSTER `main` AS rollup_user_1h_raw_local
ENGINE = Distributed('main', 'signalbox', 'rollup_user_1h_raw_local', cityHash64(tenant, bucket))
SETTINGS fsync_after_insert = 1, fsync_directories = 1
-- next statement
CREATE TABLE IF NOT EXISTS rollup_user_1d_raw_local ON CLUSTER `main` AS rollup_user_1h_raw_local
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/signalbox/rollup_user_1d_raw_local/{shard}', '{replica}', refreshed_at, deleted)
CREATE TABLE IF NOT EXISTS rollup_user_1d_raw ON CLUSTER `main` AS rollup_user_1d_raw_local
ENGINE = Distributed('main', 'signalbox', 'rollup_user_1d_raw_local', cityHash64(tenant, bucket))
SETTINGS fsync_after_insert = 1, fsync_directories = 1
-- next statement
CREATE VIEW IF NOT EXISTS rollup_user_1h_local ON CLUSTER `main` AS
FROM rollup_user_1h_raw_local AS r FINAL
CREATE TABLE IF NOT EXISTS rollup_user_1h ON CLUSTER `main` AS rollup_user_1h_local
ENGINE = Distributed('main', 'signalbox', 'rollup_user_1h_local')
-- next statement
CREATE VIEW IF NOT EXISTS rollup_user_1d_local ON CLUSTER `main` AS
FROM rollup_user_1d_raw_local AS r FINAL
CREATE TABLE IF NOT EXISTS rollup_user_1d ON CLUSTER `main` AS rollup_user_1d_local
ENGINE = Distributed('main', 'signalbox', 'rollup_user_1d_local')

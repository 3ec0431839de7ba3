CREATE TABLE IF NOT EXISTS policies_raw ON CLUSTER `main`
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/signalbox/policies_raw/all', '{shard}-{replica}')
-- next statement
CREATE VIEW IF NOT EXISTS policies ON CLUSTER `main` AS SELECT * FROM policies_raw FINAL

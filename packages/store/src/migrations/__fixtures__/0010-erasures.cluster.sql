CREATE TABLE IF NOT EXISTS erasures ON CLUSTER `main`
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/signalbox/erasures/all', '{shard}-{replica}', finished_at)

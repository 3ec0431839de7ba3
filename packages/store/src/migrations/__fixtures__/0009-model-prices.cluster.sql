CREATE TABLE IF NOT EXISTS model_prices ON CLUSTER `main`
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/signalbox/model_prices/all', '{shard}-{replica}')
-- next statement
CREATE VIEW IF NOT EXISTS model_price_periods ON CLUSTER `main` AS
-- next statement
CREATE VIEW IF NOT EXISTS model_prices_at ON CLUSTER `main` AS
-- next statement
CREATE VIEW IF NOT EXISTS priced_calls ON CLUSTER `main` AS
-- next statement
CREATE TABLE IF NOT EXISTS price_audits_raw ON CLUSTER `main`
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/signalbox/price_audits_raw/all', '{shard}-{replica}')
-- next statement
CREATE VIEW IF NOT EXISTS price_audits ON CLUSTER `main` AS SELECT * FROM price_audits_raw FINAL

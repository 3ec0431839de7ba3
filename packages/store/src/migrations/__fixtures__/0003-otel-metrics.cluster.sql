CREATE TABLE IF NOT EXISTS otel_metrics_gauge_local ON CLUSTER `main`
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/signalbox/otel_metrics_gauge_local/{shard}', '{replica}', received_at)
CREATE TABLE IF NOT EXISTS otel_metrics_gauge ON CLUSTER `main` AS otel_metrics_gauge_local
ENGINE = Distributed('main', 'signalbox', 'otel_metrics_gauge_local', cityHash64(ServiceName, MetricName, Attributes))
SETTINGS fsync_after_insert = 1, fsync_directories = 1
-- next statement
CREATE TABLE IF NOT EXISTS otel_metrics_sum_local ON CLUSTER `main`
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/signalbox/otel_metrics_sum_local/{shard}', '{replica}', received_at)
CREATE TABLE IF NOT EXISTS otel_metrics_sum ON CLUSTER `main` AS otel_metrics_sum_local
ENGINE = Distributed('main', 'signalbox', 'otel_metrics_sum_local', cityHash64(ServiceName, MetricName, Attributes))
SETTINGS fsync_after_insert = 1, fsync_directories = 1
-- next statement
CREATE TABLE IF NOT EXISTS otel_metrics_histogram_local ON CLUSTER `main`
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/signalbox/otel_metrics_histogram_local/{shard}', '{replica}', received_at)
CREATE TABLE IF NOT EXISTS otel_metrics_histogram ON CLUSTER `main` AS otel_metrics_histogram_local
ENGINE = Distributed('main', 'signalbox', 'otel_metrics_histogram_local', cityHash64(ServiceName, MetricName, Attributes))
SETTINGS fsync_after_insert = 1, fsync_directories = 1
-- next statement
CREATE TABLE IF NOT EXISTS otel_metrics_exponential_histogram_local ON CLUSTER `main`
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/signalbox/otel_metrics_exponential_histogram_local/{shard}', '{replica}', received_at)
CREATE TABLE IF NOT EXISTS otel_metrics_exponential_histogram ON CLUSTER `main` AS otel_metrics_exponential_histogram_local
ENGINE = Distributed('main', 'signalbox', 'otel_metrics_exponential_histogram_local', cityHash64(ServiceName, MetricName, Attributes))
SETTINGS fsync_after_insert = 1, fsync_directories = 1
-- next statement
CREATE TABLE IF NOT EXISTS otel_metrics_summary_local ON CLUSTER `main`
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/signalbox/otel_metrics_summary_local/{shard}', '{replica}', received_at)
CREATE TABLE IF NOT EXISTS otel_metrics_summary ON CLUSTER `main` AS otel_metrics_summary_local
ENGINE = Distributed('main', 'signalbox', 'otel_metrics_summary_local', cityHash64(ServiceName, MetricName, Attributes))
SETTINGS fsync_after_insert = 1, fsync_directories = 1

import type { ClickHouseSettings } from '@clickhouse/client';

/** What every request to a cluster is run with, so that it means what it does on one node. */
export const CLUSTER_SETTINGS: ClickHouseSettings = {
  // An insert is answered when the rows are in the tables of their shards, not when they wait to be sent there.
  distributed_foreground_insert: 1,
  // INSERT ... SELECT with GROUP BY would otherwise be run by each shard over its own rows only.
  parallel_distributed_insert_select: '0',
  // The inner side of IN and JOIN is read from all shards. ClickHouse refuses it otherwise.
  distributed_product_mode: 'global',
  skip_unavailable_shards: 0,
};

import type { ClickHouseSettings } from '@clickhouse/client';
import { CLUSTER_SETTINGS } from './cluster-settings.js';

/**
 * What every request is run with, inserts and queries alike, so that times, nested columns and shards mean the same
 * whatever the user's profile says. `cluster` is the name of the cluster, if there is one.
 */
export const sessionSettings = (cluster: string | undefined): ClickHouseSettings => ({
  session_timezone: 'UTC',
  flatten_nested: 1,
  ...(cluster === undefined ? {} : CLUSTER_SETTINGS),
});

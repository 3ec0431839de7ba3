import type { ClickHouseSettings } from '@clickhouse/client';

/**
 * Every setting that decides what an insert means, pinned: profiles and server versions differ in their defaults.
 * Deduplication of blocks is off, because the tables collapse a row that is inserted again by its key, and a
 * deduplication window can lose a block that was answered with success.
 */
export const INSERT_SETTINGS: ClickHouseSettings = {
  // The answer comes after the rows are in the table and through every materialized view.
  async_insert: 0,
  wait_for_async_insert: 1,
  materialized_views_ignore_errors: 0,
  insert_deduplicate: 0,
  deduplicate_blocks_in_dependent_materialized_views: 0,
  // One request is one block, so it is stored whole or not at all.
  input_format_parallel_parsing: 0,
  max_insert_block_size: '1048449',
  min_insert_block_size_rows: '1048449',
  min_insert_block_size_bytes: '268402944',
  optimize_on_insert: 1,
  // A column that the table lacks, a bad row or a null is an error, not silently dropped or turned into 0.
  input_format_skip_unknown_fields: 0,
  input_format_allow_errors_num: '0',
  input_format_allow_errors_ratio: 0,
  input_format_null_as_default: 0,
  date_time_input_format: 'basic',
  // With progress in the headers a failed insert is answered with status 200.
  send_progress_in_http_headers: 0,
  insert_keeper_max_retries: '3',
};

/** Pinned where the server knows them: an unknown setting would fail the insert. */
export const NEWER_INSERT_SETTINGS: ClickHouseSettings = { deduplicate_insert: 'disable' };

import type { ClickHouseSettings } from '@clickhouse/client';
import type { NamedQuery } from '../queries/named-query.js';

const DEFAULT_EXECUTION_SECONDS = 20;
const DEFAULT_MEMORY_BYTES = 1024 ** 3;
const DEFAULT_RESULT_ROWS = 10_000;

/** The settings of one run of a named query: its cost guard, and how values are written. */
export function querySettings({
  name,
  limits = {},
}: Pick<NamedQuery<never, never>, 'name' | 'limits'>): ClickHouseSettings {
  return {
    max_execution_time: limits.maxExecutionSeconds ?? DEFAULT_EXECUTION_SECONDS,
    max_memory_usage: String(limits.maxMemoryBytes ?? DEFAULT_MEMORY_BYTES),
    max_result_rows: String(limits.maxResultRows ?? DEFAULT_RESULT_ROWS),
    result_overflow_mode: 'throw',
    // ClickHouse stops when the client gives up.
    cancel_http_readonly_queries_on_client_close: 1,
    // Without this a failure after the first row is answered with status 200.
    wait_end_of_query: 1,
    output_format_json_quote_64bit_integers: 1,
    output_format_json_quote_denormals: 0,
    date_time_output_format: 'iso',
    log_comment: name,
  };
}

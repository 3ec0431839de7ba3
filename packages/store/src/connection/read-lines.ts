import { addAbortSignal } from 'node:stream';
import type { ClickHouseClient } from '@clickhouse/client';
import { querySettings } from './query-settings.js';
import type { Store } from './store.js';
import type { Login } from './to-store-error.js';
import { toCallError } from './with-deadline.js';

const TIMEOUT_MS = 3_600_000;

/** `Store.lines` over a client. `login` is for messages. */
export async function* readLines(
  { client, login }: { client: ClickHouseClient; login: Login },
  ...[{ name, sql, limits }, params, { timeoutMs = TIMEOUT_MS, signal } = {}]: Parameters<Store['lines']>
): AsyncGenerator<string> {
  const deadline = AbortSignal.timeout(timeoutMs);
  const abort = signal === undefined ? deadline : AbortSignal.any([signal, deadline]);
  try {
    const result = await client.query({
      query: sql,
      query_params: { ...params },
      format: 'JSONEachRow',
      clickhouse_settings: {
        ...querySettings({ name, ...(limits && { limits }) }),
        max_result_rows: '0',
        // Rows come while the query runs; the client finds an error between them.
        wait_end_of_query: 0,
        output_format_json_quote_denormals: 1,
      },
      abort_signal: abort,
    });
    for await (const rows of addAbortSignal(abort, result.stream())) {
      for (const { text } of rows) yield text;
    }
  } catch (error) {
    throw toCallError(error, { login, timeoutMs, signal, deadline });
  }
}

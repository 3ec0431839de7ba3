import type { ClickHouseClient } from '@clickhouse/client';
import { querySettings } from './query-settings.js';
import type { Store } from './store.js';
import type { Login } from './to-store-error.js';
import { withDeadline } from './with-deadline.js';

const TIMEOUT_MS = 600_000;

/** `Store.bytes` over a client. `login` is for messages. */
export async function readBytes(
  { client, login }: { client: ClickHouseClient; login: Login },
  ...[{ name, sql, limits }, params, { timeoutMs = TIMEOUT_MS, signal } = {}]: Parameters<Store['bytes']>
): Promise<Uint8Array> {
  return withDeadline({ login, timeoutMs, signal }, async (abort_signal) => {
    const { stream } = await client.exec({
      query: `${sql}\nFORMAT Native`,
      query_params: { ...params },
      clickhouse_settings: {
        ...querySettings({ name, ...(limits && { limits }) }),
        max_result_rows: '0',
        // Waiting for the end makes ClickHouse write the result twice. What fails on the way breaks the connection.
        wait_end_of_query: 0,
      },
      abort_signal,
    });
    const pieces: Buffer[] = [];
    for await (const piece of stream) pieces.push(piece);
    return Buffer.concat(pieces);
  });
}

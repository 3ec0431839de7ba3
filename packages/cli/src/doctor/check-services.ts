import { type ResolvedConfig, StoreUnavailableError } from '@signalbox/spec';
import { createStore, migrationStatus } from '@signalbox/store';
import type { Finding } from './check.js';

const TIMEOUT_MS = 3000;

/** Does the configured ClickHouse answer, and is its schema current? */
export const checkClickHouse = async ({ clickhouse }: ResolvedConfig): Promise<Finding> => {
  const name = 'clickhouse';
  const store = createStore(clickhouse);
  try {
    await store.ping();
    const { pending } = await migrationStatus(store);
    return pending.length === 0
      ? { name, status: 'ok', message: `${clickhouse.url}, schema of ${clickhouse.database} is current` }
      : {
          name,
          status: 'warn',
          message: `${clickhouse.url} lacks ${pending.length} migrations; run \`signalbox migrate\``,
        };
  } catch (error) {
    // A server that is down may be meant to be; a login that it refuses stays refused.
    const refused = error instanceof StoreUnavailableError && error.loginRefused;
    const message = error instanceof Error ? error.message : String(error);
    return { name, status: refused ? 'fail' : 'warn', message };
  } finally {
    await store.close();
  }
};

/** Does the configured collector take telemetry? */
export const checkCollector = async ({ telemetry }: ResolvedConfig): Promise<Finding> => {
  const name = 'collector';
  const { endpoint } = telemetry;
  try {
    const response = await fetch(new URL('/readyz', endpoint), { signal: AbortSignal.timeout(TIMEOUT_MS) });
    return response.ok
      ? { name, status: 'ok', message: `${endpoint} is ready` }
      : {
          name,
          status: 'warn',
          message: `${endpoint} answers ${response.status}: ${(await response.text()).slice(0, 200)}`,
        };
  } catch {
    return {
      name,
      status: 'warn',
      message: `${endpoint} does not answer; \`signalbox up\` or \`signalbox collect\` starts it`,
    };
  }
};

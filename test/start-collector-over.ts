import { join } from 'node:path';
import { type Collector, startCollector } from '@signalbox/collector';
import type { EmbeddedClickHouse } from '@signalbox/embedded-clickhouse';
import { parseConfig } from '@signalbox/spec';
import { expect, vi } from 'vitest';

/** A collector that inserts into the database `signalbox` at once. */
export type DrainingCollector = Pick<Collector, 'url' | 'close'> & {
  /** Resolves when everything that was acknowledged is in ClickHouse. */
  drained(): Promise<void>;
};

/** Starts a collector on free ports, with its log in `directory`. */
export const startCollectorOver = async (
  { url, username, password }: EmbeddedClickHouse,
  directory: string,
): Promise<DrainingCollector> => {
  const log = { directory: join(directory, 'collector'), blockAgeMs: 1 };
  const collector = await startCollector({
    config: parseConfig({ collector: { httpPort: 0, grpcPort: 0, log } }).collector,
    clickhouse: { url, username, password, database: 'signalbox' },
  });
  return {
    url: collector.url,
    close: () => collector.close(),
    drained: () => vi.waitFor(() => expect(collector.stats().log.openRows).toBe(0), { timeout: 20_000 }),
  };
};

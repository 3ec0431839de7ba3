import { type InsertedBlock, insertDirectly, readInsertedBlocks } from '@signalbox/collector/reference';
import type { EmbeddedClickHouse } from '@signalbox/embedded-clickhouse';
import { createStore, keepRollupsFresh, migrate, type Store } from '@signalbox/store';
import { secondsOf } from './seconds-of.js';

/** What the floor is measured with. */
export type FloorOptions = {
  store: Store;
  clickhouse: EmbeddedClickHouse;
  onError: (error: unknown) => void;
};

/** The blocks that a collector inserted, and the seconds that ClickHouse needs for them alone. */
export type Floor = { blocks: readonly InsertedBlock[]; seconds: number };

const DATABASE = 'floor';

/**
 * Inserts the blocks that a collector has inserted once more, without a collector: into another database with the same
 * tables and views, its rollups kept fresh as `signalbox collect` does. The first database is dropped, so that its
 * merges do not count.
 */
export const measureFloor = async ({ store, clickhouse, onError }: FloorOptions): Promise<Floor> => {
  const { url, username, password } = clickhouse;
  const login = { url, username, password };
  const blocks = await readInsertedBlocks({ ...login, database: store.database }, 'otel_traces');
  await store.command(`DROP DATABASE ${store.database} SYNC`);
  const target = createStore({ ...login, database: DATABASE });
  try {
    await migrate(target);
    const rollups = keepRollupsFresh(target, { onError });
    try {
      const seconds = await secondsOf(() => insertDirectly({ ...login, database: DATABASE }, blocks));
      return { blocks, seconds };
    } finally {
      await rollups.stop();
    }
  } finally {
    await target.close();
  }
};

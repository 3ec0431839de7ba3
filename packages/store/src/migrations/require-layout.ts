import { SchemaLayoutError } from '@signalbox/spec';
import type { Store } from '../connection/store.js';
import { text } from '../queries/decoders.js';
import type { NamedQuery } from '../queries/named-query.js';

const spansEngine: NamedQuery<Record<never, never>, { engine: string }> = {
  name: 'spansEngine',
  sql: "SELECT engine FROM system.tables WHERE database = currentDatabase() AND name = 'otel_traces'",
  bind: () => ({}),
  decode: { engine: text },
};

/**
 * Resolves when the database, if it has a schema, was created for what the store is: one node, or a cluster.
 * @throws SchemaLayoutError. Statements mean something else there: a rollup would be computed from a part of the rows.
 */
export async function requireLayout(store: Store): Promise<void> {
  const { database, cluster } = store;
  const [found] = await store.query(spansEngine, {});
  if (found !== undefined && (found.engine === 'Distributed') !== (cluster !== null))
    throw new SchemaLayoutError({ database, cluster });
}
